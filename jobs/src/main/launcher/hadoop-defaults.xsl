<?xml version="1.0" encoding="UTF-8"?>
<!-- Hadoop's files of default settings without what is for people: two thirds of them, and they are read a dozen times. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:strip-space elements="configuration property"/>
  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="description|comment()|processing-instruction()"/>
</xsl:stylesheet>

document.title = "booklake";

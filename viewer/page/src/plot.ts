/** Small charts by uPlot: quick to draw anew at every step. */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colour, element } from "./elements";

export interface Line {
  label: string;
  /** Colour of the theme. */
  colour: string;
  dash?: number[];
  /** Bars on one side of their classes, which are numbered from 0 on. */
  bars?: "before" | "behind";
  isStepped?: boolean;
}

export class Plot {
  readonly root: HTMLElement;
  private plot: uPlot | null = null;
  private data: uPlot.AlignedData = [[]];

  /**
   * @param label what it shows, for those who do not see it
   * @param names of the values of the x axis
   * @param apart how far these are, at least, in CSS pixels
   */
  constructor(
    label: string,
    private readonly lines: Line[],
    private readonly names: (value: number) => string,
    private readonly apart = 50,
  ) {
    this.root = element("div", { class: "plot", role: "img", "aria-label": label });
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.root);
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(100, this.root.clientWidth), height: 150 };
  }

  recolour(): void {
    this.plot?.destroy();
    this.plot = null;
    this.draw(this.data);
  }

  draw(data: uPlot.AlignedData): void {
    this.data = data;
    if (this.plot !== null) {
      this.plot.setData(data);
      return;
    }
    const axis: uPlot.Axis = { stroke: colour("ink"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false } };
    const { bars, stepped } = uPlot.paths;
    const paths = (line: Line): { paths?: uPlot.Series.PathBuilder } => {
      const builder = line.bars !== undefined ? bars?.({ size: [0.4, 30], align: line.bars === "before" ? -1 : 1 }) : line.isStepped === true ? stepped?.({ align: 1 }) : undefined;
      return builder === undefined ? {} : { paths: builder };
    };
    const isOfClasses = this.lines.some((line) => line.bars !== undefined);
    this.plot = new uPlot(
      {
        ...this.size(),
        cursor: { show: false },
        legend: { show: false },
        // The bars of the first and the last class are as wide as the others.
        scales: { x: { time: false, ...(isOfClasses ? { range: (_, first, last) => [first - 0.5, last + 0.5] } : {}) } },
        axes: [{ ...axis, space: this.apart, ...(isOfClasses ? { incrs: [1, 2, 4, 8] } : {}), values: (_, values) => values.map(this.names) }, { ...axis, size: 60 }],
        series: [
          {},
          ...this.lines.map((line): uPlot.Series => {
            const stroke = colour(line.colour);
            return {
              label: line.label,
              stroke,
              width: 1.5,
              points: { show: false },
              ...(line.dash === undefined ? {} : { dash: line.dash }),
              ...(line.bars !== undefined ? { fill: stroke } : {}),
              ...paths(line),
            };
          }),
        ],
      },
      data,
      this.root,
    );
  }
}

// Bars that open. Everything it shows also stands in the table beside it; for screen readers it is not there.
import { BarChart as Bars } from "echarts/charts";
import { GridComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

// No tooltip component: it writes styles into HTML, which the server's policy forbids; values stand on the bars.
echarts.use([Bars, GridComponent, CanvasRenderer]);

export interface Bar {
  key: string;
  title: string;
  value: number;
  shown: string;
}

interface BarChartProps {
  bars: Bar[];
  chosen: string | null;
  onChoose: (key: string) => void;
}

const BAR_PIXELS = 34;

export function BarChart({ bars, chosen, onChoose }: BarChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  useEffect(() => {
    if (!box.current) return;
    const chart = echarts.init(box.current);
    chart.setOption({
      animation: false,
      grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", axisLabel: { color: "#565d66" } },
      yAxis: { type: "category", inverse: true, data: bars.map((bar) => bar.title), axisLabel: { color: "#1d2129", width: 120, overflow: "truncate" } },
      series: [
        {
          type: "bar",
          barMaxWidth: 22,
          cursor: "pointer",
          data: bars.map((bar) => ({
            value: bar.value,
            itemStyle: { color: bar.key === chosen ? "#8c1515" : "#3b7fc4" },
            label: { show: true, position: "right", formatter: bar.shown, color: "#1d2129" },
          })),
        },
      ],
    });
    chart.on("click", (event) => {
      const bar = bars[event.dataIndex];
      if (bar) choose.current(bar.key);
    });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [bars, chosen]);
  return <div ref={box} aria-hidden="true" style={{ height: bars.length * BAR_PIXELS + 60 }} />;
}

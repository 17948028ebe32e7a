import uPlot from 'uplot'
import type { ChartBar } from '#app/overview/overview.ts'
import 'uplot/dist/uPlot.min.css'

/** In pixels. */
const HEIGHT = 180
const DAY_S = 24 * 3600

export interface DrawnChart {
  update(bars: readonly ChartBar[]): void
  remove(): void
}

export interface ChartOptions {
  bars: readonly ChartBar[]
  /** Of the done and of the failed ones. */
  names: readonly [string, string]
  language: string
}

/** Draws bars over time: all that ended, and in front of them those that failed. Follows the width and the colours of the page. */
export function drawChart(place: HTMLElement, options: ChartOptions): DrawnChart {
  let { bars } = options
  let plot = draw(place, options)
  const redraw = () => {
    plot.destroy()
    plot = draw(place, { ...options, bars })
  }
  const resize = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT }))
  resize.observe(place)
  const colours = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map(query => matchMedia(query))
  for (const query of colours) query.addEventListener('change', redraw)
  return {
    update(changed) {
      bars = changed
      plot.setData(dataOf(bars))
    },
    remove() {
      resize.disconnect()
      for (const query of colours) query.removeEventListener('change', redraw)
      plot.destroy()
    },
  }
}

/** Where nothing ended no bar is drawn, not even the line of an empty one. */
function dataOf(bars: readonly ChartBar[]): uPlot.AlignedData {
  return [
    bars.map(({ at }) => Date.parse(at) / 1000),
    bars.map(({ completed, failed }) => completed + failed || null),
    bars.map(({ failed }) => failed || null),
  ]
}

function draw(place: HTMLElement, { bars, names, language }: ChartOptions): uPlot {
  const { ink, line, done, bad } = coloursOf(place)
  const paths = uPlot.paths.bars?.({ size: [0.8, 40] })
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } }
  const number = new Intl.NumberFormat(language, { notation: 'compact' })
  const series = (label: string, colour: string) => {
    return { label, stroke: colour, fill: colour, points: { show: false }, ...(paths && { paths }) }
  }
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      cursor: { show: false },
      legend: { live: false },
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
      scales: { x: { range: wholeBars }, y: { range: (_, __, most) => [0, Math.max(4, most)] } },
      axes: [
        { ...axis, values: (_, ticks) => timesOf(ticks, language) },
        { ...axis, size: 44, values: (_, ticks) => ticks.map(tick => (tick % 1 ? '' : number.format(tick))) },
      ],
      series: [{}, series(names[0], done), series(names[1], bad)],
    },
    dataOf(bars),
    place,
  )
}

/** Room for half of the first bar and half of the last one. */
function wholeBars({ data: [at] }: uPlot, first: number, last: number): [number, number] {
  const half = ((at?.[1] ?? 0) - (at?.[0] ?? 0)) / 2
  return [first - half, last + half]
}

/** Hours and minutes in UTC, as all times of the dashboard; of several days their dates. */
function timesOf(ticks: readonly number[], language: string): string[] {
  const isOfDays = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0) > DAY_S
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(isOfDays
      ? { day: 'numeric', month: 'short' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  })
  return ticks.map(tick => (isOfDays && tick % DAY_S !== 0 ? '' : format.format(tick * 1000)))
}

/** A canvas knows no custom properties, and forced colours do not reach it. */
function coloursOf(place: HTMLElement) {
  if (matchMedia('(forced-colors: active)').matches)
    return { ink: 'CanvasText', line: 'GrayText', done: 'CanvasText', bad: 'Highlight' }
  const style = getComputedStyle(place)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: colour('--ink-2'),
    line: colour('--line'),
    done: colour('--accent'),
    bad: colour('--bad'),
  }
}

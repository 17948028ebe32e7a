import { useEffect, useRef } from 'react'
import type { ChartBar } from '#app/overview/overview.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useTexts } from '../../messages/use-texts.tsx'
import { ChartTable } from './chart-table.tsx'
import type { DrawnChart } from './drawn-chart.ts'

interface Props {
  title: string
  bars: readonly ChartBar[]
  by: 'minute' | 'hour'
}

/** How many jobs were done and failed over time: drawn, and as a table for whoever does not see the drawing. */
export function EndsChart({ title, bars, by }: Props) {
  const a = useAdminText()
  const { language } = useTexts()
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<DrawnChart | undefined>(undefined)
  const latest = useRef(bars)
  latest.current = bars
  const [completed, failed] = [a('overview.seriesCompleted'), a('overview.seriesFailed')]

  useEffect(() => {
    let isGone = false
    // Only this page loads the library, and only where it draws.
    void import('./drawn-chart.ts').then(({ drawChart }) => {
      if (isGone || !place.current) return
      chart.current = drawChart(place.current, { bars: latest.current, names: [completed, failed], language })
    })
    return () => {
      isGone = true
      chart.current?.remove()
      chart.current = undefined
    }
  }, [completed, failed, language])

  useEffect(() => chart.current?.update(bars), [bars])
  return (
    <section className="chart">
      <h2>{title}</h2>
      <div ref={place} aria-hidden="true" dir="ltr" className="drawn" />
      <ChartTable title={title} bars={bars} by={by} />
    </section>
  )
}

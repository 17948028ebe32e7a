import type { ChartBar } from '#app/overview/overview.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useTexts } from '../../messages/use-texts.tsx'

interface Props {
  title: string
  bars: readonly ChartBar[]
  by: 'minute' | 'hour'
}

/** The numbers of a chart; those of hours by days. */
export function ChartTable({ title, bars, by }: Props) {
  const a = useAdminText()
  const { number } = useTexts()
  const rows = by === 'minute' ? bars.map(bar => ({ ...bar, at: bar.at.slice(11, 16) })) : daysOf(bars)
  return (
    <details>
      <summary>{a('overview.asTable')}</summary>
      <div className="table">
        <table>
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{a(by === 'minute' ? 'overview.time' : 'overview.day')}</th>
              <th scope="col" className="number">
                {a('overview.seriesCompleted')}
              </th>
              <th scope="col" className="number">
                {a('overview.seriesFailed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, completed, failed }) => (
              <tr key={at}>
                <th scope="row">{at}</th>
                <td className="number">{number(completed)}</td>
                <td className="number">{number(failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function daysOf(hours: readonly ChartBar[]): ChartBar[] {
  const days = new Map<string, ChartBar>()
  for (const { at, completed, failed } of hours) {
    const day = at.slice(0, 10)
    const sum = days.get(day) ?? { at: day, completed: 0, failed: 0 }
    days.set(day, { at: day, completed: sum.completed + completed, failed: sum.failed + failed })
  }
  return [...days.values()]
}

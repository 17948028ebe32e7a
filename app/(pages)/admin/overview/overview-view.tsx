'use client'
import type { Overview } from '#app/overview/overview.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { usePushed } from '../live/use-pushed.ts'
import { AttentionList } from './attention-list.tsx'
import { EndsChart } from './ends-chart.tsx'
import { OverviewFigures } from './overview-figures.tsx'
import './overview.css'

/** How everything stands, changed in place as it is pushed. */
export function OverviewView({ first }: { first: Overview }) {
  const a = useAdminText()
  const { now, isSilent } = usePushed('overview', first)
  return (
    <>
      {isSilent && (
        <p className="outcome" role="status">
          {a('overview.silent')}
        </p>
      )}
      <AttentionList items={now.attention} />
      <OverviewFigures overview={now} />
      {now.minutes && <EndsChart title={a('overview.lastMinutes')} bars={now.minutes} by="minute" />}
      {now.hours && <EndsChart title={a('overview.lastDays')} bars={now.hours} by="hour" />}
      {!now.minutes && <p className="hint">{a('overview.notKept')}</p>}
    </>
  )
}

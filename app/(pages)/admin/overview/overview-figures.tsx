import type { Overview, Quantiles } from '#app/overview/overview.ts'
import { duration, roughly, size } from '../../live/format.ts'
import type { AdminText } from '../../messages/admin-texts.ts'
import type { Texts } from '../../messages/texts.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useTexts } from '../../messages/use-texts.tsx'

/** The figures of this moment. */
export function OverviewFigures({ overview }: { overview: Overview }) {
  const a = useAdminText()
  const texts = useTexts()
  return (
    <dl className="figures">
      {figuresOf(overview, a, texts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function figuresOf(overview: Overview, a: AdminText, texts: Texts): [string, string][] {
  const { queued, running, dead, exact, oldestWaitsS, workers, freeBytes, lastHour } = overview
  const none = a('overview.none')
  const number = (n: number) => texts.number(n)
  const atLeast = (n: number) => (exact ? number(n) : a('overview.atLeast', { n: number(n) }))
  return [
    [a('overview.queued'), number(queued)],
    [a('overview.running'), number(running)],
    [a('overview.oldest'), oldestWaitsS === null ? none : roughly(texts, oldestWaitsS)],
    [a('overview.dead'), atLeast(dead)],
    [a('overview.workers'), a('overview.ready', workers)],
    [a('overview.disk'), freeBytes === null ? a('overview.noLimit') : size(texts, freeBytes)],
    ...(lastHour
      ? ([
          [a('overview.completed'), number(lastHour.completed)],
          [a('overview.failed'), number(lastHour.failed)],
          [a('overview.waited'), between(lastHour.waited, a, texts)],
          [a('overview.took'), between(lastHour.took, a, texts)],
        ] as [string, string][])
      : []),
  ]
}

function between({ p50, p95 }: Quantiles, a: AdminText, texts: Texts): string {
  if (p50 === null || p95 === null) return a('overview.none')
  return a('overview.between', { p50: duration(texts, p50 * 1000), p95: duration(texts, p95 * 1000) })
}

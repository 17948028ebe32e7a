import Link from 'next/link'
import type { Attention } from '#app/overview/overview.ts'
import { size, span } from '../../live/format.ts'
import type { AdminText } from '../../messages/admin-texts.ts'
import type { Texts } from '../../messages/texts.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useTexts } from '../../messages/use-texts.tsx'

/** Where the next step is taken. */
const PLACES: Record<Attention['kind'], string> = {
  noWorker: '/admin/workers',
  paused: '/admin/queues',
  oldestWaits: '/admin/jobs?state=running',
  deadLetters: '/admin/dead-letters',
  diskLow: '/admin/retention',
  workerSilent: '/admin/workers',
  selfCheckFailed: '/admin/system-check',
  scheduleFailed: '/admin/schedules',
}

/** What needs attention, each with its next step. */
export function AttentionList({ items }: { items: readonly Attention[] }) {
  const a = useAdminText()
  const texts = useTexts()
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">{a('overview.attention')}</h2>
      {items.length === 0 ? (
        <p className="hint">{a('overview.nothing')}</p>
      ) : (
        <ul className="attention">
          {items.map(item => (
            <li key={keyOf(item)}>
              {sentenceFor(item, a, texts)}{' '}
              <Link href={PLACES[item.kind]} prefetch={false}>
                {a(`overview.${item.kind}Next`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function keyOf(item: Attention): string {
  if (item.kind === 'workerSilent') return `${item.kind} ${item.worker}`
  return item.kind === 'scheduleFailed' ? `${item.kind} ${item.schedule}` : item.kind
}

function sentenceFor(item: Attention, a: AdminText, texts: Texts): string {
  switch (item.kind) {
    case 'noWorker':
      return a('overview.noWorker', { trouble: item.trouble ?? '' })
    case 'paused':
      return a('overview.paused')
    case 'oldestWaits':
      return a('overview.oldestWaits', { time: span(texts, item.seconds * 1000) })
    case 'deadLetters':
      return a('overview.deadLetters', {
        n: item.count,
        count: item.exact ? texts.number(item.count) : a('overview.atLeast', { n: texts.number(item.count) }),
      })
    case 'diskLow':
      return a('overview.diskLow', {
        free: size(texts, item.freeBytes),
        reserve: size(texts, item.reserveBytes),
      })
    case 'workerSilent':
      return a('overview.workerSilent', { worker: item.worker, seconds: item.seconds })
    case 'selfCheckFailed':
      return a('overview.selfCheckFailed', { problem: item.problem })
    case 'scheduleFailed':
      return a('overview.scheduleFailed', { schedule: item.schedule, error: item.error })
  }
}

import type { LinkState } from './live/job-listener.ts'
import { useTexts } from './messages/use-texts.tsx'
import './live-badge.css'

/** The state of the live connection in a few words. */
export function LiveBadge({ link }: { link: LinkState }) {
  const { t } = useTexts()
  const { state } = link
  const seconds = link.state === 'checking' ? link.every : 0
  return (
    <span className="live" data-link={state} title={t(`connection.${state}Hint`)}>
      <i aria-hidden="true" />
      {t(`connection.${state}`, { seconds })}
    </span>
  )
}

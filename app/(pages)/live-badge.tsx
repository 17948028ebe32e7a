import type { LinkState } from './live/job-listener.ts'

const HINTS = {
  connecting: 'Looking for the server.',
  live: 'Every change is pushed to this page.',
  checking: 'Nothing can be pushed to this page at the moment, so it asks for the status.',
}

/** The state of the live connection in one word. */
export function LiveBadge({ link }: { link: LinkState }) {
  const word = { live: 'Live', connecting: 'Connecting…', checking: '' }[link.state]
  return (
    <span className="live" data-link={link.state} title={HINTS[link.state]}>
      <i aria-hidden="true" />
      {link.state === 'checking' ? `Checking every ${link.every} s` : word}
    </span>
  )
}

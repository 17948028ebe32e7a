import type { LinkState } from './live/job-listener.ts'

type State = LinkState['state']

const WORDS: Record<State, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  checking: 'Checking every',
  offline: 'Offline, goes on by itself',
  unanswered: 'Server not answering',
}

const HINTS: Record<State, string> = {
  connecting: 'Looking for the server.',
  live: 'Every change is pushed to this page.',
  checking: 'Nothing can be pushed to this page at the moment, so it asks for the status.',
  offline: 'This device has no network. The page goes on as soon as it has one again.',
  unanswered: 'The page keeps trying. What is on the server already goes on there once it runs.',
}

/** The state of the live connection in a few words. */
export function LiveBadge({ link }: { link: LinkState }) {
  const { state } = link
  return (
    <span className="live" data-link={state} title={HINTS[state]}>
      <i aria-hidden="true" />
      {link.state === 'checking' ? `${WORDS.checking} ${link.every} s` : WORDS[state]}
    </span>
  )
}

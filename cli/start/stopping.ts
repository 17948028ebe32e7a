import { onLauncherGone } from '#lib/launcher-channel.ts'

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the bootstrap. In milliseconds. */
const SAME_PRESS_MS = 500

export interface Stopping {
  /** Aborted at the first Ctrl-C, SIGTERM or SIGHUP, or when the bootstrap is gone. */
  readonly asked: AbortSignal
  /** Aborted at the second one: stop without grace periods. */
  readonly hurry: AbortSignal
  /** Resolves when asked. */
  readonly whenAsked: Promise<undefined>
}

/** Handles the signals that stop a launcher. From here on no signal kills it directly. */
export function listenForStop(): Stopping {
  const asked = new AbortController()
  const hurry = new AbortController()
  let first = 0
  const onSignal = () => {
    if (first === 0) {
      first = Date.now()
      asked.abort()
    } else if (Date.now() - first > SAME_PRESS_MS) hurry.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  // Writing to a closed terminal fails, which must not end the launcher before its children.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  onLauncherGone(() => asked.abort())
  const whenAsked = new Promise<undefined>(resolve => {
    asked.signal.addEventListener('abort', () => resolve(undefined))
  })
  return { asked: asked.signal, hurry: hurry.signal, whenAsked }
}

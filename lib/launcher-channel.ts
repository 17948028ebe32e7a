/**
 * The channel between the launcher and its children (web, worker). Each side detects when the other is gone. Without it
 * a launcher killed with -9 would leave its children running.
 */

/** What a child sends to the launcher. */
export type LauncherMessage = { type: 'listening'; url: string } | { type: 'ready'; problem: string | null }

/**
 * What the launcher sends to a child: the URL of the migrated database, or null where there is none; and that the start
 * is over.
 */
export type StartMessage = { type: 'database'; url: string | null } | { type: 'started' }

/** Notifies the launcher; without one (a process started by hand) nothing happens. */
export function notifyLauncher(message: LauncherMessage): void {
  if (!process.send || !process.connected) return
  process.send(message, undefined, undefined, () => {
    // The launcher died this moment; `disconnect` follows and handles it.
  })
}

/**
 * The URL of the database: as configured, or else from the launcher, which starts its children while the database starts.
 * Undefined where there is none, and when the signal aborts first.
 */
export async function whenDatabaseIsUp(
  configured: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (configured !== undefined || !process.send || !process.connected || signal.aborted) return configured
  const message = await received('database', signal)
  return message?.url ?? undefined
}

/** Resolves when the start is over: what no job needs may be loaded then. Without a launcher it is over at once. */
export async function whenStarted(signal: AbortSignal): Promise<void> {
  if (process.send && process.connected && !signal.aborted) await received('started', signal)
}

/** The next message of this type; undefined when the signal aborts first. */
async function received<Type extends StartMessage['type']>(
  type: Type,
  signal: AbortSignal,
): Promise<Extract<StartMessage, { type: Type }> | undefined> {
  const { promise, resolve } = Promise.withResolvers<Extract<StartMessage, { type: Type }> | undefined>()
  const onMessage = (message: StartMessage) => {
    if (message.type === type) resolve(message as Extract<StartMessage, { type: Type }>)
  }
  const onAbort = () => resolve(undefined)
  process.on('message', onMessage)
  signal.addEventListener('abort', onAbort, { once: true })
  // Nothing else may keep this process alive while it waits.
  process.channel?.ref()
  const message = await promise
  process.off('message', onMessage)
  signal.removeEventListener('abort', onAbort)
  process.channel?.unref()
  return message
}

/** Calls `stop` once when the launcher is gone. Without a launcher it never does. */
export function onLauncherGone(stop: () => void): void {
  if (!process.send) return
  if (process.connected) process.once('disconnect', stop)
  else stop()
  // The listener alone would keep a finished process alive.
  process.channel?.unref()
}

/**
 * The channel between the launcher and its children (web, worker). Each side detects when the other is gone. Without it
 * a launcher killed with -9 would leave its children running.
 */

/** What a child sends to the launcher. */
export type LauncherMessage = { type: 'listening'; url: string } | { type: 'ready'; problem: string | null }

/** Notifies the launcher; without one (a process started by hand) nothing happens. */
export function notifyLauncher(message: LauncherMessage): void {
  if (!process.send || !process.connected) return
  process.send(message, undefined, undefined, () => {
    // The launcher died this moment; `disconnect` follows and handles it.
  })
}

/** Calls `stop` once when the launcher is gone. Without a launcher it never does. */
export function onLauncherGone(stop: () => void): void {
  if (!process.send) return
  if (process.connected) process.once('disconnect', stop)
  else stop()
  // The listener alone would keep a finished process alive.
  process.channel?.unref()
}

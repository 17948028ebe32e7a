/** What the row of a file shows until it is a job. Pure. */
import { sizeOf } from './format.ts'
import type { Action, RowView } from './row-parts.ts'
import type { UploadEntry } from './rows.ts'
import { isAboutSettings, offersTargets } from './settings-errors.ts'

/** The view of an upload. */
export function uploadView(row: UploadEntry): RowView {
  const percent = row.bytes === 0 ? 100 : Math.floor((100 * row.sent) / row.bytes)
  const isAway = row.sent >= row.bytes
  const state = row.state === 'sending' ? 'uploading' : row.state
  const base = { state, tone: 'plain', detail: null, bar: { kind: 'upload', percent } } as const
  const stuck = { ...base, tone: 'wait', actions: ['pause', 'cancel'] } as const
  switch (row.state) {
    case 'waiting':
      return {
        ...base,
        message: 'Waiting to upload',
        bar: { kind: 'waiting', percent: null },
        actions: ['cancel'],
      }
    case 'sending':
      if (isAway)
        return {
          ...base,
          message: 'Looking at the file',
          bar: { kind: 'upload', percent: null },
          actions: ['cancel'],
        }
      return {
        ...base,
        message: `Uploading ${percent} %, ${sizeOf(row.sent, row.bytes)}`,
        actions: ['pause', 'cancel'],
      }
    case 'paused':
      return { ...base, message: `Paused at ${percent} %`, actions: ['resume', 'cancel'] }
    case 'offline':
      return { ...stuck, message: `Waiting for the network, ${percent} % sent` }
    case 'unanswered':
      return { ...stuck, message: `Waiting for the server, ${percent} % sent` }
    case 'lost':
      return {
        ...stuck,
        message: `Stopped at ${percent} %`,
        detail: 'This browser did not keep the file. Choose it again to go on.',
        bar: null,
        actions: ['choose', 'cancel'],
      }
    case 'refused':
      return {
        ...base,
        tone: 'bad',
        message: row.error?.message ?? 'This file was not accepted.',
        detail: offersTargets(row) ? null : (row.error?.nextStep ?? null),
        bar: null,
        actions: [...stepsAfter(row), 'remove'],
      }
  }
}

function stepsAfter({ error }: UploadEntry): Action[] {
  if (error?.retryable) return ['resend']
  return isAboutSettings(error) ? ['change'] : []
}

/** What the row of a file shows until it is a job. Pure. */
import { errorText } from '../messages/error-text.ts'
import type { Texts } from '../messages/texts.ts'
import { sizeOf } from './format.ts'
import type { Action, RowView } from './row-parts.ts'
import type { UploadEntry } from './rows.ts'
import { isAboutSettings, offersTargets } from './settings-errors.ts'

/** The view of an upload. */
export function uploadView(row: UploadEntry, texts: Texts): RowView {
  const { t } = texts
  const percent = row.bytes === 0 ? 100 : Math.floor((100 * row.sent) / row.bytes)
  const isAway = row.sent >= row.bytes
  const state = row.state === 'sending' ? 'uploading' : row.state
  const base = { state, tone: 'plain', detail: null, bar: { kind: 'upload', percent } } as const
  const stuck = { ...base, tone: 'wait', actions: ['pause', 'cancel'] } as const
  switch (row.state) {
    case 'waiting':
      return {
        ...base,
        message: t('upload.waiting'),
        bar: { kind: 'waiting', percent: null },
        actions: ['cancel'],
      }
    case 'sending':
      if (isAway)
        return {
          ...base,
          message: t('upload.looking'),
          bar: { kind: 'upload', percent: null },
          actions: ['cancel'],
        }
      return {
        ...base,
        message: t('upload.sending', { percent, sent: sizeOf(texts, row.sent, row.bytes) }),
        actions: ['pause', 'cancel'],
      }
    case 'paused':
      return { ...base, message: t('upload.paused', { percent }), actions: ['resume', 'cancel'] }
    case 'offline':
      return { ...stuck, message: t('upload.offline', { percent }) }
    case 'unanswered':
      return { ...stuck, message: t('upload.unanswered', { percent }) }
    case 'lost':
      return {
        ...stuck,
        message: t('upload.lost', { percent }),
        detail: t('upload.lostHint'),
        bar: null,
        actions: ['choose', 'cancel'],
      }
    case 'refused':
      return { ...base, ...refusalView(row, texts) }
  }
}

function refusalView(row: UploadEntry, texts: Texts) {
  const error = row.error && errorText(texts, row.error)
  return {
    tone: 'bad',
    message: error?.message ?? texts.t('upload.refused'),
    detail: offersTargets(row) ? null : (error?.nextStep ?? null),
    bar: null,
    actions: [...stepsAfter(row), 'remove'],
  } satisfies Partial<RowView>
}

function stepsAfter({ error }: UploadEntry): Action[] {
  if (error?.retryable) return ['resend']
  return isAboutSettings(error) ? ['change'] : []
}

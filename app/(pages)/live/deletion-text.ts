/** What the user sees beside “Undo”. Pure. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { quoted } from '../messages/names.ts'
import type { Texts } from '../messages/texts.ts'
import type { BatchGroup } from './batch-group.ts'
import { ALL_JOBS, type PendingDeletion } from './pending-deletions.ts'

/** Of one job. */
export function deletionOfJob(texts: Texts, { id, fileName }: Snapshot): PendingDeletion {
  return { key: id, ...named(texts, fileName) }
}

/** Of a batch: by its folder or, without one, by the number of its files. */
export function deletionOfBatch(
  texts: Texts,
  { batchId: key, folder, total: n }: BatchGroup,
): PendingDeletion {
  if (folder) return { key, ...named(texts, folder) }
  return { key, sentence: texts.t('list.filesDeleted', { n }), what: texts.t('count.files', { n }) }
}

/** Of everything of this browser that is on the server. */
export function deletionOfAll({ t }: Texts): PendingDeletion {
  return { key: ALL_JOBS, sentence: t('list.allDeleted'), what: t('list.allMine') }
}

function named(texts: Texts, name: string): Omit<PendingDeletion, 'key'> {
  return { sentence: texts.t('list.oneDeleted', { name }), what: quoted(texts, name) }
}

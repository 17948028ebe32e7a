import { Prisma } from '../../../../prisma/generated/client.ts'
import type { JobResult, SourcePart } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { isPurged } from '../../../vocabulary/job.ts'
import { statesFor } from '../../../vocabulary/job-life.ts'
import { purgedFields } from '../../purged-fields.ts'
import type { JobStore } from '../../store.ts'
import { type JobTableRow, toJson } from './job-table-row.ts'
import { readError } from './stored-error.ts'
import { nextStep } from './webhook-columns.ts'
import { type StoreParts, writtenOf } from './written-row.ts'

/** @see JobStore.purgeIfEnded */
export async function purgeIfEnded({ prisma }: StoreParts, id: string): ReturnType<JobStore['purgeIfEnded']> {
  const before = await againIfDropped(() => prisma.job.findUnique({ where: { id } }))
  if (!before || isPurged(before)) return undefined
  const { version, owner, batchId } = before
  const where = { id, version, state: { in: statesFor('purge') } }
  const row = await prisma.$transaction(async tx => {
    const [purged] = await tx.job.updateManyAndReturn({ where, data: purgedColumns(before) })
    if (purged) await tx.attempt.updateMany({ where: { jobId: id, log: { not: null } }, data: { log: null } })
    return purged
  })
  return row && { ...writtenOf(row), owner, batchId }
}

function purgedColumns(row: JobTableRow): Prisma.JobUpdateManyMutationInput {
  const {
    flags: _,
    sources,
    error,
    result,
    report: __,
    webhook: ___,
    ...texts
  } = purgedFields({
    sources: row.sources as SourcePart[] | null,
    error: readError(row.error),
    result: row.result as JobResult | null,
  })
  const isKept = row.filesDeletedAt === null && row.deletedBy === null
  return {
    ...texts,
    idempotencyKey: null,
    sources: sources ? toJson(sources) : Prisma.DbNull,
    error: error ? toJson(error) : Prisma.DbNull,
    result: result ? toJson(result) : Prisma.DbNull,
    sourceFlags: Prisma.DbNull,
    report: Prisma.DbNull,
    webhook: Prisma.DbNull,
    ...nextStep(null),
    ...(isKept && { deletedBy: 'owner', expiresAt: new Date() }),
    version: { increment: 1 },
  }
}

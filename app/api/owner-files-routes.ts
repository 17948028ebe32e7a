import { createRoute, z } from '@hono/zod-openapi'
import { jobsPageByPage } from '#lib/jobs/jobs-page-by-page.ts'
import type { Job, ListQuery } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { listOwnJobs } from '../job-access.ts'
import { cancelOrDelete, deleteFiles } from '../kept-files.ts'
import type { Api, ApiContext } from './context.ts'
import { json, problem } from './schema.ts'

/** Jobs that are looked at together. */
const PAGE = 20

const deleteJobs = createRoute({
  method: 'delete',
  path: '/api/jobs',
  operationId: 'deleteJobs',
  tags: ['jobs'],
  summary: 'Delete the files of all your jobs now, and cancel those that wait or run',
  description: 'A call that was broken off is repeated: it goes on with what is left.',
  responses: {
    200: json(
      z.object({
        deleted: z.int().min(0).openapi({ description: 'Of how many jobs files were deleted.' }),
      }),
      'No files of yours are left; `receipt` of each job tells which there were',
    ),
    403: problem('Nothing says who you are'),
  },
})

/** All files of one owner. */
export function mountOwnerFiles(api: Api, context: ApiContext): void {
  api.openapi(deleteJobs, async c => {
    const { owner, identified } = context.owners.of(c.env.incoming)
    if (!identified) throw new AppError('no_owner')
    let deleted = 0
    const list = (query: ListQuery) => listOwnJobs(context, query)
    for await (const page of jobsPageByPage(list, { owner, limit: PAGE })) {
      const kept = page.filter(job => !job.receipt?.deletedAt)
      await Promise.all(kept.map(job => deleteAny(job, context)))
      deleted += kept.length
    }
    return c.json({ deleted }, 200)
  })
}

/** Another request may have purged the job in the meantime. */
async function deleteAny({ id }: Job, context: ApiContext): Promise<void> {
  try {
    const { receipt } = await cancelOrDelete(id, context)
    if (!receipt) await deleteFiles(id, context)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'job_not_found')) throw error
  }
}

import { AppError } from '#lib/vocabulary/errors.ts'
import { filterFields } from '#lib/vocabulary/job-filter.ts'
import { OPERATOR_ACTIONS } from '#lib/vocabulary/operator-action.ts'
import { actOnJob, actOnJobs } from '../bulk-jobs.ts'
import { type BulkRequest, parseBulkRequest } from '../bulk-request.ts'
import { type ActionCall, mountAction } from './admin-actions.ts'
import type { Api, ApiContext } from './context.ts'
import { invalidRequest } from './invalid-request.ts'
import { IdParams } from './schema.ts'

/** What operators do to jobs: to one and its webhook, to chosen ones, and to all that a search finds. */
export function mountAdminJobs(api: Api, context: ApiContext): void {
  const bulk = { ...context, maxAttempts: context.config.maxAttempts }

  for (const action of OPERATOR_ACTIONS)
    mountAction(api, context, {
      path: `/admin/jobs/:id/${action}`,
      name: `${action}_job`,
      about: ({ params }) => ({ id: jobIdOf(params) }),
      async act({ params }) {
        await actOnJob(action, jobIdOf(params), bulk)
        return {}
      },
    })

  mountAction(api, context, {
    path: '/admin/jobs/:id/resend-webhook',
    name: 'resend_webhook',
    about: ({ params }) => ({ id: jobIdOf(params) }),
    async act({ params }) {
      await context.jobs.resendWebhook(jobIdOf(params))
      return {}
    },
  })

  mountAction(api, context, {
    path: '/admin/jobs/bulk',
    name: 'bulk_jobs',
    about(call) {
      const { action, selection } = readBulk(call)
      if ('ids' in selection) return { action, ids: selection.ids }
      return { action, ...Object.fromEntries(filterFields(selection.filter)) }
    },
    async act(call) {
      const { action, selection } = readBulk(call)
      return { ...(await actOnJobs(action, selection, bulk)) }
    },
  })
}

/** @throws AppError `job_not_found` of an id that no job can have */
function jobIdOf(params: ActionCall['params']): string {
  const scope = IdParams.safeParse(params)
  if (!scope.success) throw new AppError('job_not_found')
  return scope.data.id
}

/** @throws AppError `invalid_request`: a filter with a field that cannot be read would find more than was meant */
function readBulk({ form }: ActionCall): BulkRequest {
  const request = parseBulkRequest(form)
  if (!request) throw invalidRequest('“action” is none that there is')
  if (request.wrong.length > 0) throw invalidRequest(`“${request.wrong[0]}” is wrong`)
  return request
}

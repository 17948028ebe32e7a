import { listingOf } from '#lib/jobs/job-listing.ts'
import type { Job } from '#lib/jobs.ts'
import { isPurged } from '#lib/vocabulary/job.ts'
import { OPERATOR_ACTIONS, whyUntouched } from '#lib/vocabulary/operator-action.ts'
import { under } from '../../../live/address.ts'
import type { AdminText } from '../../../messages/admin-texts.ts'

/** What can be done to a job now. Files are deleted only after a page that says so. */
export function JobActions({ job, a, mayAct }: { job: Job; a: AdminText; mayAct: boolean }) {
  const to = `/admin/jobs/${job.id}`
  const possible = OPERATOR_ACTIONS.filter(action => !whyUntouched(action, listingOf(job), Date.now()))
  const preview = new URLSearchParams({ action: 'delete', id: job.id, back: to })
  return (
    <div className="bulk">
      {mayAct &&
        possible
          .filter(action => action !== 'delete')
          .map(action => (
            <form key={action} method="post" action={under(`${to}/${action}`)}>
              <input type="hidden" name="back" value={to} />
              <button className="button" type="submit">
                {a(`words.${action}`)}
              </button>
            </form>
          ))}
      {mayAct && possible.includes('delete') && (
        <a className="button" href={under(`/admin/jobs/bulk?${preview}`)}>
          {a('words.delete')}…
        </a>
      )}
      {!isPurged(job) && (
        <a className="quiet" href={under(`/jobs/${job.id}`)}>
          {a('job.publicPage')}
        </a>
      )}
    </div>
  )
}

import type { IncomingMessage } from 'node:http'
import type { AuditDetails } from '#lib/records/audit.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'
import { ensureMayAct } from '../operators.ts'
import { clientOf } from '../proxy.ts'
import { adminPage, readAdminForm, wantsPage } from './admin-form.ts'
import type { Api, ApiContext } from './context.ts'

/** One call of an action of the dashboard. */
export interface ActionCall {
  /** The parts of the path by their names. */
  params: Readonly<Record<string, string>>
  form: URLSearchParams
}

/** An action of the dashboard: what it is called in the audit, on what it acts, and the act itself. */
export interface AdminAction {
  /** Such as `/admin/jobs/:id/retry`. */
  path: string
  /** Such as `retry_job`; the audit's page has a text for each. */
  name: string
  /** On which: for the audit, before anything is done. @throws AppError where the call makes no sense */
  about(call: ActionCall): AuditDetails
  /** Answers what came of it: for the audit, and as JSON for a program. @throws AppError */
  act(call: ActionCall): Promise<AuditDetails>
}

/**
 * Answers the POST of a form: for who may act, with an entry in the audit that is written first. A browser is led back to
 * the page that `back` names, with `done` or `problem` in its query; a program gets JSON. Foreign origins are refused before,
 * as by all of the API.
 */
export function mountAction(api: Api, context: ApiContext, { path, name, about, act }: AdminAction): void {
  const { operators, audit, config } = context

  async function answer(incoming: IncomingMessage, call: ActionCall): Promise<AuditDetails> {
    const role = await ensureMayAct(operators, incoming.headers)
    const address = clientOf(incoming, config.trustProxy).address ?? 'unknown'
    const action = { role, address, action: name, about: about(call) }
    return audit.audited(
      action,
      () => act(call),
      outcome => outcome,
    )
  }

  api.post(path, async c => {
    const { incoming } = c.env
    const form = await readAdminForm(incoming)
    c.header('Cache-Control', 'no-store')
    if (!wantsPage(incoming)) return c.json(await answer(incoming, { params: c.req.param(), form }), 200)
    const back = adminPage(form.get('back'))
    try {
      const outcome = await answer(incoming, { params: c.req.param(), form })
      return c.redirect(config.basePath + withQuery(back, { ...countsOf(outcome), done: name }), 303)
    } catch (thrown) {
      const { code, status } = asAppError(thrown)
      if (status === 500) context.log.error({ err: thrown }, 'an action of the dashboard failed')
      const signIn =
        code === 'not_signed_in' ? `/admin/sign-in?${new URLSearchParams({ to: back })}` : undefined
      return c.redirect(config.basePath + (signIn ?? withQuery(back, { problem: code })), 303)
    }
  })
}

/** The numbers of an outcome, for the sentence on the page. */
function countsOf(outcome: AuditDetails): Record<string, string> {
  const counts = Object.entries(outcome).filter(([, value]) => typeof value === 'number')
  return Object.fromEntries(counts.map(([key, value]) => [key, String(value)]))
}

/** The outcome of an earlier action is not repeated. */
function withQuery(to: string, outcome: Record<string, string>): string {
  const [path = '', query = ''] = to.split('?')
  const kept = [...new URLSearchParams(query)].filter(([key]) => !OUTCOME_KEYS.includes(key))
  return `${path}?${new URLSearchParams([...kept, ...Object.entries(outcome)])}`
}

const OUTCOME_KEYS = ['done', 'problem', 'changed', 'unchanged', 'left']

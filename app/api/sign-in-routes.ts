import { AppError } from '#lib/vocabulary/errors.ts'
import { clientOf } from '../proxy.ts'
import { adminPage, readAdminForm, wantsPage } from './admin-form.ts'
import type { Api, ApiContext } from './context.ts'
import { FailureDelays } from './failure-delays.ts'

/** Signing in to the dashboard and out again, by forms that need no script. */
export function mountSignIn(api: Api, { operators, audit, config, log }: ApiContext): void {
  const delays = new FailureDelays()

  api.post('/admin/sign-in', async c => {
    const { incoming } = c.env
    const form = await readAdminForm(incoming)
    const role = operators.roleByToken(form.get('token') ?? '')
    const address = clientOf(incoming, config.trustProxy).address ?? 'unknown'
    const to = adminPage(form.get('to'))
    c.header('Cache-Control', 'no-store')
    if (role) {
      const entry = { role, address, action: 'sign_in', about: {} }
      await audit.audited(
        entry,
        async () => {},
        () => ({}),
      )
      c.header('Set-Cookie', operators.cookieFor(role, incoming))
      return c.redirect(config.basePath + to, 303)
    }
    log.warn({ address }, 'somebody tried to sign in with a wrong token')
    const hasWaited = await delays.failed(address)
    if (!wantsPage(incoming)) throw new AppError('wrong_token')
    const why = hasWaited ? 'wrong' : 'busy'
    return c.redirect(`${config.basePath}/admin/sign-in?${new URLSearchParams({ why, to })}`, 303)
  })

  api.post('/admin/sign-out', async c => {
    const { incoming } = c.env
    const role = await operators.roleOf(incoming.headers)
    const address = clientOf(incoming, config.trustProxy).address ?? 'unknown'
    const end = () => operators.signOut(incoming)
    const cookie = role
      ? await audit.audited({ role, address, action: 'sign_out', about: {} }, end, () => ({}))
      : await end()
    c.header('Set-Cookie', cookie)
    c.header('Cache-Control', 'no-store')
    return c.redirect(`${config.basePath}/admin/sign-in`, 303)
  })
}

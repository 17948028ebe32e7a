import { join } from 'node:path'
import type { Metadata } from 'next'
import { adminPage } from '../../../api/admin-form.ts'
import { backend } from '../../../page-backend.ts'
import { under } from '../../live/address.ts'
import { adminTextOf } from '../../messages/admin-catalogue.ts'
import { requestLanguage } from '../../messages/request-language.ts'

interface Props {
  searchParams: Promise<{ to?: string | string[]; why?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: adminTextOf(await requestLanguage())('shell.signIn') }
}

/** The only page of the dashboard for everybody: a form, so that it works without JavaScript. */
export default async function SignInRoute({ searchParams }: Props) {
  const { to, why } = await searchParams
  const a = adminTextOf(await requestLanguage())
  const { adminToken, dataDir } = backend().config
  const refused = why === 'wrong' || why === 'busy' ? a(`shell.${why}`) : undefined
  return (
    <form className="card sign-in" method="post" action={under('/admin/sign-in')}>
      <h1>{a('shell.signIn')}</h1>
      {refused && (
        <p className="refusal" role="alert" id="refused">
          {refused}
        </p>
      )}
      <label htmlFor="token">{a('shell.token')}</label>
      <input
        className="field"
        id="token"
        name="token"
        type="password"
        autoComplete="current-password"
        required
        aria-invalid={refused ? true : undefined}
        aria-describedby={refused ? 'refused hint' : 'hint'}
      />
      <p className="hint" id="hint">
        {a('shell.tokenHint')}{' '}
        {adminToken === undefined
          ? a('shell.tokenMade', { path: join(dataDir, 'secrets.json') })
          : a('shell.tokenSet')}
      </p>
      <input type="hidden" name="to" value={adminPage(typeof to === 'string' ? to : null)} />
      <button className="button main large" type="submit">
        {a('shell.signIn')}
      </button>
    </form>
  )
}

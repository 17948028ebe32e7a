import type { Metadata } from 'next'
import { CHECK_STATES, type Check } from '#lib/vocabulary/check.ts'
import type { AdminText } from '../../messages/admin-texts.ts'
import { signedIn } from '../signed-in.ts'
import { BrowserChecks } from './browser-checks.tsx'
import './system-check.css'

/** The worst first. */
const ORDER: Check['state'][] = ['failed', 'warning', 'unknown', 'ok']

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('systemCheck.title') }
}

export default async function SystemCheckRoute() {
  const { checks, a } = await signedIn()
  const found = await checks()
  return (
    <>
      <h1>{a('systemCheck.title')}</h1>
      <p className="hint">{a('systemCheck.about')}</p>
      <section aria-labelledby="from-server">
        <h2 id="from-server">{a('systemCheck.fromServer')}</h2>
        <p>{summaryOf(found, a)}</p>
        <ul className="checks">
          {[...found]
            .sort((x, y) => ORDER.indexOf(x.state) - ORDER.indexOf(y.state))
            .map(check => (
              <ServerCheck key={check.id} check={check} a={a} />
            ))}
        </ul>
      </section>
      <BrowserChecks />
    </>
  )
}

function ServerCheck({ check: { state, what, found, mend }, a }: { check: Check; a: AdminText }) {
  return (
    <li data-state={state}>
      <strong>{a(`systemCheck.${state}`)}</strong>{' '}
      <span lang="en" dir="ltr">
        {what}: {found}
      </span>
      {mend !== null && (
        <pre lang="en" dir="ltr">
          {mend}
        </pre>
      )}
    </li>
  )
}

/** “2 failed, 1 with a warning, …”, without the kinds that there are none of. */
function summaryOf(checks: readonly Check[], a: AdminText): string {
  return CHECK_STATES.map(state => ({ state, count: checks.filter(check => check.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${a(`systemCheck.${state}`)}: ${count}`)
    .join(' · ')
}

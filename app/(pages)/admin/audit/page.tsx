import type { Metadata } from 'next'
import type { AuditDetails, AuditEntry } from '#lib/records/audit.ts'
import { ADMIN_AUDIT } from '../../messages/admin-audit.ts'
import type { AdminKey, AdminText } from '../../messages/admin-texts.ts'
import { Pager } from '../pager.tsx'
import { signedIn } from '../signed-in.ts'
import { UtcTime } from '../utc-time.tsx'

const PAGE = 50

interface Props {
  searchParams: Promise<{ after?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('audit.title') }
}

export default async function AuditRoute({ searchParams }: Props) {
  const { audit, a } = await signedIn()
  const { after } = await searchParams
  const cursor = typeof after === 'string' && /^\d{1,18}$/.test(after) ? after : undefined
  const { items, next } = await audit.list({ limit: PAGE, after: cursor })
  return (
    <>
      <h1>{a('audit.title')}</h1>
      <p className="hint">{a(audit.isListed ? 'audit.about' : 'audit.logOnly')}</p>
      {items.length > 0 && <Entries entries={items} a={a} />}
      {audit.isListed && items.length === 0 && <p>{a('shell.none')}</p>}
      <Pager a={a} href="/admin/audit" next={next} isLater={cursor !== undefined} />
    </>
  )
}

function Entries({ entries, a }: { entries: readonly AuditEntry[]; a: AdminText }) {
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            {(['when', 'who', 'what', 'onWhich', 'outcome'] as const).map(name => (
              <th key={name} scope="col">
                {a(`audit.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, role, address, action, about, outcome }) => (
            <tr key={id}>
              <td>
                <UtcTime at={at} />
              </td>
              <td>{a('audit.who_', { role, address })}</td>
              <td>{actionText(a, action)}</td>
              <td>{inWords(about)}</td>
              <td>{outcome === null ? a('audit.open') : inWords(outcome) || a('audit.done')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The name of an action; one of another version of Nightshift as it is stored. */
function actionText(a: AdminText, action: string): string {
  return Object.hasOwn(ADMIN_AUDIT.en, action) ? a(`audit.${action}` as AdminKey) : action
}

/** `ids: 1, 2; count: 2`: the words of the API. */
function inWords(details: AuditDetails): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}`)
    .join('; ')
}

import { cookies } from 'next/headers'
import { backend } from '../page-backend.ts'
import { Footer } from './footer.tsx'
import { Home } from './home.tsx'
import { term } from './live/format.ts'
import { textsOf } from './messages/catalogue.ts'
import { requestLanguage } from './messages/request-language.ts'

// The backend exists only while the server runs, not during the build.
export const dynamic = 'force-dynamic'

export default async function HomePage() {
  const { maxUploadBytes, retentionMs } = backend().config
  const texts = textsOf(await requestLanguage())
  return (
    <Home
      maxUploadBytes={maxUploadBytes}
      retention={term(texts, retentionMs)}
      hasFiles={await hasFiles((await cookies()).toString())}
      now={Date.now()}
      footer={<Footer maxUploadBytes={maxUploadBytes} texts={texts} />}
    />
  )
}

/** Whether this browser has jobs; without a database the page is shown all the same. */
async function hasFiles(cookie: string): Promise<boolean> {
  const { jobs, owners } = backend()
  const owner = owners.idOf({ cookie })
  if (owner === undefined) return false
  const first = await jobs.list({ owner, limit: 1 }).catch(() => undefined)
  return first !== undefined && first.items.length > 0
}

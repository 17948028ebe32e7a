import { backend } from '../page-backend.ts'
import { Home } from './home.tsx'

// The backend exists only while the server runs, not during the build.
export const dynamic = 'force-dynamic'

export default function HomePage() {
  const { maxUploadBytes, retentionMs } = backend().config
  return <Home maxUploadBytes={maxUploadBytes} retentionMs={retentionMs} now={Date.now()} />
}

import { backend } from '../page-backend.ts'
import { Home } from './home.tsx'

// The backend is only there while the server runs, never while it is built.
export const dynamic = 'force-dynamic'

export default function HomePage() {
  const { maxUploadBytes, retentionMs } = backend().config
  return <Home maxUploadBytes={maxUploadBytes} retentionMs={retentionMs} now={Date.now()} />
}

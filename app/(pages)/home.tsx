'use client'
import { useEffect } from 'react'
import { DropZone } from './drop-zone.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { JobList } from './job-list.tsx'
import { useDesk } from './live/use-desk.ts'

interface Limits {
  maxUploadBytes: number
  retentionMs: number
}

/** The whole main page: the files go in above and come out below. `now` is the server's clock, in milliseconds. */
export function Home({ maxUploadBytes, retentionMs, now }: Limits & { now: number }) {
  const { desk, view } = useDesk({ scope: { mine: true }, jobs: [], maxUploadBytes })

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => desk.isUploading() && event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [desk])

  return (
    <div className="wrap">
      <Header link={view.link} />
      <main>
        <DropZone retentionMs={retentionMs} onFiles={files => desk.add(files)} />
        <JobList rows={view.rows} desk={desk} now={now} />
      </main>
      <Footer maxUploadBytes={maxUploadBytes} />
      <p role="status" className="unseen">
        {view.said}
      </p>
    </div>
  )
}

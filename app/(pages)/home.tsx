'use client'
import { DropZone } from './drop-zone.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { JobList } from './job-list.tsx'
import { useKeptDesk } from './live/use-desk.ts'
import { useSettings } from './settings/use-settings.ts'

interface Limits {
  maxUploadBytes: number
  retentionMs: number
}

/** The whole main page: the files go in above and come out below. `now` is the server's clock, in milliseconds. */
export function Home({ maxUploadBytes, retentionMs, now }: Limits & { now: number }) {
  const { desk, view } = useKeptDesk({ scope: { mine: true }, jobs: [], maxUploadBytes })
  const [settings, setSettings] = useSettings()

  return (
    <div className="wrap">
      <Header link={view.link} />
      <main>
        <DropZone
          retentionMs={retentionMs}
          settings={settings}
          onSettings={setSettings}
          onFiles={files => desk.add(files, settings)}
        />
        <JobList rows={view.rows} note={view.note} desk={desk} now={now} />
      </main>
      <Footer maxUploadBytes={maxUploadBytes} />
      <p role="status" className="unseen">
        {view.said}
      </p>
    </div>
  )
}

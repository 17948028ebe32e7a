'use client'
import { useCallback } from 'react'
import { DropZone } from './drop-zone.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { JobList } from './job-list.tsx'
import type { ChosenFile } from './live/dropped-files.ts'
import { useKeptJobs } from './live/use-jobs.ts'
import { useSettings } from './settings/use-settings.ts'

interface Limits {
  maxUploadBytes: number
  retentionMs: number
}

/** The main page: input above, list of jobs below. `now` is the server's clock, in milliseconds. */
export function Home({ maxUploadBytes, retentionMs, now }: Limits & { now: number }) {
  const { store, view } = useKeptJobs({ scope: { mine: true }, jobs: [], maxUploadBytes })
  const [settings, setSettings] = useSettings()
  const add = useCallback((files: ChosenFile[]) => store.add(files, settings), [store, settings])

  return (
    <div className="wrap">
      <Header link={view.link} />
      <main>
        <DropZone retentionMs={retentionMs} settings={settings} onSettings={setSettings} onFiles={add} />
        <JobList {...view} store={store} now={now} />
      </main>
      <Footer maxUploadBytes={maxUploadBytes} />
      <p role="status" className="unseen">
        {view.announcement}
      </p>
    </div>
  )
}

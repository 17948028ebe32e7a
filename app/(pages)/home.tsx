'use client'
import { useCallback } from 'react'
import { DropZone } from './drop-zone.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { JobList } from './job-list.tsx'
import type { ChosenFile } from './live/dropped-files.ts'
import { useKeptJobs } from './live/use-jobs.ts'
import { useTexts } from './messages/use-texts.tsx'
import { useSettings } from './settings/use-settings.ts'
import { useEscape } from './use-escape.ts'

interface Props {
  maxUploadBytes: number
  retentionMs: number
  /** Whether the list will have rows, which are not there before the connection is. */
  hasFiles: boolean
  /** The server's clock, in milliseconds. */
  now: number
}

/** The main page: input above, list of jobs below. */
export function Home({ maxUploadBytes, retentionMs, hasFiles, now }: Props) {
  const texts = useTexts()
  const { store, view } = useKeptJobs({ scope: { mine: true }, jobs: [], maxUploadBytes, texts })
  const [settings, setSettings] = useSettings()
  useEscape()
  const isCompact = view.rows.length > 0 || (hasFiles && view.link.state === 'connecting')
  const add = useCallback((files: ChosenFile[]) => store.add(files, settings), [store, settings])

  return (
    <div className="wrap">
      <Header link={view.link} />
      <main>
        <DropZone
          isCompact={isCompact}
          retentionMs={retentionMs}
          settings={settings}
          onSettings={setSettings}
          onFiles={add}
        />
        <JobList {...view} store={store} now={now} />
      </main>
      <Footer maxUploadBytes={maxUploadBytes} />
      <p role="status" className="unseen">
        {view.announcement}
      </p>
    </div>
  )
}

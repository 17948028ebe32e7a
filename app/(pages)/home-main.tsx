import { useCallback } from 'react'
import { DropZone } from './drop-zone.tsx'
import { JobList } from './job-list.tsx'
import type { ChosenFile } from './live/dropped-files.ts'
import type { EarlyInput } from './live/early-input.ts'
import type { MainConnection } from './live/main-connection.ts'
import { useKeptJobs } from './live/use-jobs.ts'
import { useTexts } from './messages/use-texts.tsx'
import { useSettings } from './settings/use-settings.ts'
import { useEscape } from './use-escape.ts'

export interface HomeMainProps {
  maxUploadBytes: number
  /** How long files are kept, in words. */
  retention: string
  /** Whether the list will have rows, which are not there before the connection is. */
  hasFiles: boolean
  /** The server's clock, in milliseconds. */
  now: number
  early: EarlyInput
  connect: MainConnection['takeOver']
}

/** What the main page is for: input above, list of jobs below. */
export function HomeMain({ maxUploadBytes, retention, hasFiles, now, early, connect }: HomeMainProps) {
  const texts = useTexts()
  const { store, view } = useKeptJobs({ scope: { mine: true }, jobs: [], maxUploadBytes, texts, connect })
  const [settings, setSettings] = useSettings()
  useEscape()
  const isCompact = view.rows.length > 0 || (hasFiles && view.link.state === 'connecting')
  const add = useCallback((files: ChosenFile[]) => store.add(files, settings), [store, settings])

  return (
    <>
      <DropZone
        isCompact={isCompact}
        retention={retention}
        settings={settings}
        onSettings={setSettings}
        onFiles={add}
        early={early}
      />
      <JobList {...view} store={store} now={now} />
      <p role="status" className="unseen">
        {view.announcement}
      </p>
    </>
  )
}

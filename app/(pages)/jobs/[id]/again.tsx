import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { call } from '../../live/call.ts'
import { Refusal } from '../../refusal.tsx'
import { type ConversionSettings, settingsFor } from '../../settings/conversion-settings.ts'
import { OptionPanel } from '../../settings/option-panel.tsx'
import { SettingsBar } from '../../settings/settings-bar.tsx'
import { usePresets } from '../../settings/use-presets.ts'
import '../../disclosure.css'
import './again.css'

/** Makes another result of a source that is still kept; opens the page of the new job. */
export function Again({ job }: { job: Snapshot }) {
  const { id, fileName, target, options } = job
  const [settings, setSettings] = useState<ConversionSettings>({ target, options })
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const presets = usePresets()
  const router = useRouter()
  const convert = async () => {
    const json = { retryOf: id, ...settingsFor(fileName, settings) }
    const { refused, body } = await call('POST', '/api/jobs', { json })
    if (refused) return setRefusal(refused)
    router.push(`/jobs/${(body as Snapshot).id}`)
  }
  return (
    <details className="again">
      <summary>Convert again</summary>
      <SettingsBar settings={settings} presets={presets} onSettings={setSettings} />
      <OptionPanel settings={settings} presets={presets} onSettings={setSettings} />
      <button type="button" className="button main" onClick={() => void convert()}>
        Convert again
      </button>
      <Refusal error={refusal} />
    </details>
  )
}

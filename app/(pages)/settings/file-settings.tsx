import { useState } from 'react'
import { asAppError } from '#lib/vocabulary/errors.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import { Refusal } from '../refusal.tsx'
import { type ConversionSettings, fittingSettings, settingsForFormat } from './conversion-settings.ts'
import { OptionPanel } from './option-panel.tsx'
import { SettingsBar } from './settings-bar.tsx'
import { usePresets } from './use-presets.ts'
import './file-settings.css'

interface Props {
  /** The format of the file, where it is known: it limits what is offered. */
  format: string | undefined
  first: ConversionSettings
  /** What the button says. */
  action: string
  /** Whether the options are what is to be changed. */
  hasOptionsOpen?: boolean
  /** Resolves to the refusal, or to null after success. */
  onSend(settings: ConversionSettings): Promise<JobError | null>
}

/** Target and options of one file, with the button that sends it. */
export function FileSettings({ format, first, action, hasOptionsOpen = false, onSend }: Props) {
  const [settings, setSettings] = useState(() => fittingSettings(first, format))
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const presets = usePresets()
  const shared = { settings, presets, format, onSettings: setSettings }
  const send = async () => {
    try {
      setRefusal(await onSend(format ? settingsForFormat(format, settings) : settings))
    } catch (error) {
      setRefusal(asAppError(error).toJobError())
    }
  }
  return (
    <div className="file-settings">
      <SettingsBar {...shared} />
      <OptionPanel {...shared} isOpen={hasOptionsOpen} />
      <button type="button" className="button main" onClick={() => void send()}>
        {action}
      </button>
      <Refusal error={refusal} />
    </div>
  )
}

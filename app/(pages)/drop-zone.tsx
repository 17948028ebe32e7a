import { type ChangeEvent, lazy, memo, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type ChosenFile, chosenFiles, type DroppedFiles, droppedFiles } from './live/dropped-files.ts'
import type { EarlyInput } from './live/early-input.ts'
import { useTexts } from './messages/use-texts.tsx'
import type { ConversionSettings } from './settings/conversion-settings.ts'
import { targetName } from './settings/labels.ts'
import { OptionPanel } from './settings/option-panel.tsx'
import { SettingsBar } from './settings/settings-bar.tsx'
import { usePresets } from './settings/use-presets.ts'
import { useChosenFiles } from './use-chosen-files.ts'
import { CHOOSE_ID } from './use-kept-focus.ts'
import './drop-zone.css'

/** Hardly any drop needs it, so it is loaded when one does. */
const MixedDrop = lazy(async () => {
  const { MixedDrop } = await import('./mixed-drop.tsx')
  return { default: MixedDrop }
})

interface Props {
  /** There are files already: the list is what matters. */
  isCompact: boolean
  /** How long files are kept, in words. */
  retention: string
  settings: ConversionSettings
  onSettings: (settings: ConversionSettings) => void
  onFiles: (files: ChosenFile[]) => void
  /** What was done here before this code was there. */
  early: EarlyInput
}

/**
 * The input for files: dropped anywhere on the page, pasted, or chosen. It renders again only for new settings: what
 * each option may be takes long to find out, and jobs change many times a second.
 */
export const DropZone = memo(function DropZone(props: Props) {
  const texts = useTexts()
  const { t } = texts
  const target = targetName(texts, props.settings)
  const { isCompact, retention, settings, onSettings, onFiles, early } = props
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const presets = usePresets()
  const { receive, mixed, sendMixed, notice } = useChosenFiles(settings, onFiles)
  const isOver = useFilesOnPage(receive, early)
  const chosen = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    receive(chosenFiles([...(currentTarget.files ?? [])]))
    // Choosing the same file again must fire a change event.
    currentTarget.value = ''
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a larger target for the pointer; the keyboard has the button
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <section
      className="drop"
      data-over={isOver}
      data-compact={isCompact}
      onClick={({ target }) => isBackground(target) && files.current?.click()}
    >
      <h1>
        <span className="either" data-second={isOver}>
          <span>
            <span className="by-mouse">{t('drop.title', { target })}</span>
            <span className="by-touch">{t('drop.titleByTouch', { target })}</span>
          </span>
          <span aria-hidden={!isOver}>{t('drop.letGo')}</span>
        </span>
      </h1>
      <SettingsBar settings={settings} presets={presets} onSettings={onSettings} />
      <div className="pickers">
        <button
          id={CHOOSE_ID}
          type="button"
          className={isCompact ? 'button main' : 'button main large'}
          onClick={() => files.current?.click()}
        >
          {t('drop.chooseFiles')}
        </button>
        <button type="button" className="quiet by-mouse" onClick={() => folder.current?.click()}>
          {t('drop.orFolder')}
        </button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={chosen}
        aria-label={t('drop.filesToConvert')}
      />
      <input
        ref={folder}
        type="file"
        webkitdirectory=""
        hidden
        onChange={chosen}
        aria-label={t('drop.folderToConvert')}
      />
      {mixed.length > 0 && (
        <Suspense>
          <MixedDrop files={mixed} settings={settings} onSend={sendMixed} />
        </Suspense>
      )}
      <p role="status" className="say bad">
        {notice}
      </p>
      <OptionPanel settings={settings} presets={presets} onSettings={onSettings} />
      <p className="fine about">
        <span className="by-mouse">{t('drop.anywhere') + t('page.sentences')}</span>
        {t('drop.retention', { time: retention })}
      </p>
      <noscript>
        <p className="fine">
          {t('drop.needsScript')} <code>curl -F file=@deck.pptx …/api/jobs</code>
        </p>
      </noscript>
    </section>
  )
})

/** Whether a click on it was on the zone and on nothing in it that has a meaning of its own. */
function isBackground(target: EventTarget): boolean {
  return (
    target instanceof Element && !target.closest('a, button, input, select, label, details, section section')
  )
}

/** Listens for files dropped or pasted anywhere; returns whether files are dragged over the page. */
function useFilesOnPage(onFiles: (dropped: DroppedFiles) => void, early: EarlyInput): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onFiles)
  useEffect(() => {
    const listening = new AbortController()
    const listen = <T extends Event>(name: string, handler: (event: T) => void) =>
      addEventListener(name, handler as EventListener, { signal: listening.signal })
    const receive = async (event: Event, data: DataTransfer) => {
      event.preventDefault()
      take(await droppedFiles(data))
    }
    listen<DragEvent>('dragover', event => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    })
    // Without a related target the pointer has left the window, not only an element.
    listen<DragEvent>('dragleave', event => event.relatedTarget ?? setOver(false))
    listen<DragEvent>('drop', event => {
      setOver(false)
      if (event.dataTransfer?.types.includes('Files')) void receive(event, event.dataTransfer)
    })
    listen<ClipboardEvent>('paste', event => {
      if (event.clipboardData?.files.length) void receive(event, event.clipboardData)
    })
    void early.end(dropped => take(dropped))
    return () => listening.abort()
  }, [early])
  return isOver
}

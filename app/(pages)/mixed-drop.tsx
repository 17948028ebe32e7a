import { type KeyboardEvent, useState } from 'react'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { ChosenFile } from './live/dropped-files.ts'
import { type FileGroup, groupsByFormat, withSettings } from './live/fitting-targets.ts'
import { errorText } from './messages/error-text.ts'
import { sourceName, targetLabel, upper } from './messages/names.ts'
import { useTexts } from './messages/use-texts.tsx'
import { type ConversionSettings, withTarget } from './settings/conversion-settings.ts'
import { targetName } from './settings/labels.ts'
import './mixed-drop.css'

interface Props {
  files: readonly ChosenFile[]
  settings: ConversionSettings
  /** Sends these; none where the user changed their mind. */
  onSend(files: ChosenFile[]): void
}

/** It asks something, so whoever does not see it come has to hear of it. */
const focus = (heading: HTMLHeadingElement | null) => heading?.focus()

/** Shows what each kind of the dropped files becomes, before anything is sent. */
export function MixedDrop({ files, settings, onSend }: Props) {
  const texts = useTexts()
  const { t } = texts
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const groups = groupsByFormat(files, settings).map(group => ({
    ...group,
    target: chosen.get(group.format) ?? group.target,
  }))
  const targets = new Map(groups.map(({ format, target }) => [format, target]))
  const ready = withSettings(files, format => {
    const target = targets.get(format)
    return target ? withTarget(settings, target) : null
  })
  const { length: n } = files
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onSend([])
  }
  return (
    <section className="mixed" aria-labelledby="mixed" onKeyDown={closeOnEscape}>
      <h2 id="mixed" ref={focus} tabIndex={-1}>
        {t('drop.notAll', { target: targetName(texts, settings), n })}
      </h2>
      <p className="fine">{t('drop.chooseEach', { n })}</p>
      <ul>
        {groups.map(group => (
          <Kind
            key={group.format}
            group={group}
            onTarget={target => setChosen(new Map(chosen).set(group.format, target))}
          />
        ))}
      </ul>
      <div className="offers">
        <button type="button" className="button main" onClick={() => onSend(ready)}>
          {t('drop.convert', { files: t('count.files', { n: ready.length }) })}
        </button>
        <button type="button" className="quiet" onClick={() => onSend([])}>
          {t('page.cancel')}
        </button>
      </div>
    </section>
  )
}

interface KindProps {
  group: FileGroup
  onTarget(target: string): void
}

/** The files of one format with what they may become, or why they are left out. */
function Kind({ group: { format, count: n, targets, target }, onTarget }: KindProps) {
  const texts = useTexts()
  const name = (
    <span>
      {sourceName(texts, format)} <span className="fine">({texts.t('count.files', { n })})</span>
    </span>
  )
  if (target === null)
    return (
      <li>
        {name} <span className="fine">{errorText(texts, ALREADY_PDF).message}</span>
      </li>
    )
  return (
    <li>
      <label>
        {name}
        <select className="field" value={target} onChange={event => onTarget(event.currentTarget.value)}>
          {targets.map(name => (
            <option key={name} value={name}>
              {upper(targetLabel(texts, name))}
            </option>
          ))}
        </select>
      </label>
    </li>
  )
}

const ALREADY_PDF = new AppError('already_pdf').toJobError()

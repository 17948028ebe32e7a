import { useState } from 'react'
import type { ChosenFile } from './live/dropped-files.ts'
import { groupsByFormat, withSettings } from './live/fitting-targets.ts'
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
  const groups = groupsByFormat(files, settings.target).map(group => ({
    ...group,
    target: chosen.get(group.format) ?? group.target,
  }))
  const targets = new Map(groups.map(({ format, target }) => [format, target]))
  const settingsOf = (format: string) => withTarget(settings, targets.get(format) ?? settings.target)
  return (
    <section className="mixed" aria-labelledby="mixed">
      <h2 id="mixed" ref={focus} tabIndex={-1}>
        {t('drop.notAll', { target: targetName(texts, settings) })}
      </h2>
      <p className="fine">{t('drop.chooseEach')}</p>
      <ul>
        {groups.map(({ format, count: n, targets: offered, target }) => (
          <li key={format}>
            <label>
              <span>
                {sourceName(texts, format)} <span className="fine">({t('count.files', { n })})</span>
              </span>
              <select
                className="field"
                value={target}
                onChange={event => setChosen(new Map(chosen).set(format, event.currentTarget.value))}
              >
                {offered.map(name => (
                  <option key={name} value={name}>
                    {upper(targetLabel(texts, name))}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      <div className="offers">
        <button type="button" className="button main" onClick={() => onSend(withSettings(files, settingsOf))}>
          {t('drop.convert', { files: t('count.files', { n: files.length }) })}
        </button>
        <button type="button" className="quiet" onClick={() => onSend([])}>
          {t('page.cancel')}
        </button>
      </div>
    </section>
  )
}

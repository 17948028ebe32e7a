import { useState } from 'react'
import { TARGETS } from '#lib/vocabulary/formats.ts'
import type { ChosenFile } from './live/dropped-files.ts'
import { groupsByFormat, withSettings } from './live/fitting-targets.ts'
import { count } from './live/format.ts'
import { type ConversionSettings, withTarget } from './settings/conversion-settings.ts'
import { sourceName, targetName, upper } from './settings/labels.ts'
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
        Not all of these files can become {targetName(settings)}
      </h2>
      <p className="fine">Choose what each kind becomes; your options go with the files that they fit.</p>
      <ul>
        {groups.map(({ format, count: n, targets: offered, target }) => (
          <li key={format}>
            <label>
              <span>
                {sourceName(format)} <span className="fine">({count(n, 'file')})</span>
              </span>
              <select
                className="field"
                value={target}
                onChange={event => setChosen(new Map(chosen).set(format, event.currentTarget.value))}
              >
                {offered.map(name => (
                  <option key={name} value={name}>
                    {upper(TARGETS.get(name)?.name ?? name)}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      <div className="offers">
        <button type="button" className="button main" onClick={() => onSend(withSettings(files, settingsOf))}>
          Convert {count(files.length, 'file')}
        </button>
        <button type="button" className="quiet" onClick={() => onSend([])}>
          Cancel
        </button>
      </div>
    </section>
  )
}

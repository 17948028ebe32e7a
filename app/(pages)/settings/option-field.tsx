import { type ComponentProps, useId, useState } from 'react'
import type { Option } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { charsetGroup, choiceLabel, optionLabel, optionSentence } from '../messages/names.ts'
import { useTexts } from '../messages/use-texts.tsx'
import { type ConversionSettings, conflictOf, withChoices } from './conversion-settings.ts'
import { concerns, conflictText, problemWith } from './labels.ts'

type Value = Options[string] | undefined

interface Props {
  option: Option
  settings: ConversionSettings
  /** Whether it is for one file, so that nobody has to read for which kinds it is. */
  isForOne?: boolean
  onValue: (value: Value) => void
}

/** One option: its name, its control, and below it the description or the error. */
export function OptionField({ option, settings, isForOne = false, onValue }: Props) {
  const texts = useTexts()
  // Several panels may be open on one page.
  const id = useId()
  const [wasLeft, setLeft] = useState(false)
  const kinds = option.secret || isForOne ? '' : concerns(texts, option, settings.target)
  const conflict = conflictOf(option, settings)
  const problem = wasLeft && !conflict ? problemWith(texts, option, settings) : null
  return (
    <div className="option" data-type={option.kind.type}>
      <label htmlFor={id}>{optionLabel(texts, option.name)}</label>
      <Control
        id={id}
        option={withChoices(option, settings.target)}
        value={settings.options[option.name]}
        onValue={onValue}
        disabled={conflict !== null}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-about`}
        onBlur={() => setLeft(true)}
      />
      {/* Both overlap: a line that grew when the field loses focus would move what is being clicked. */}
      <p id={`${id}-about`} className="about">
        <span className="fine" data-away={problem !== null}>
          {kinds && <span className="for">{texts.t('settings.forKinds', { kinds })} </span>}
          {conflict ? conflictText(texts, conflict) : optionSentence(texts, option)}
        </span>
        {problem && <span className="say bad">{problem}</span>}
      </p>
    </div>
  )
}

type Attributes = Pick<
  ComponentProps<'input'>,
  'id' | 'disabled' | 'onBlur' | 'aria-invalid' | 'aria-describedby'
>

interface ControlProps extends Attributes {
  option: Option
  value: Value
  onValue: (value: Value) => void
}

function Control({ option, value, onValue, onBlur, ...attributes }: ControlProps) {
  const texts = useTexts()
  const { kind } = option
  switch (kind.type) {
    case 'switch':
      return (
        <input
          {...attributes}
          type="checkbox"
          className="switch"
          checked={value === undefined ? kind.default : value === true}
          onChange={event => onValue(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <select
          {...attributes}
          className="field"
          value={String(value ?? kind.default ?? '')}
          onChange={event => onValue(event.currentTarget.value || undefined)}
        >
          {kind.default === null && <option value="">{texts.t('settings.automatic')}</option>}
          {kind.groups ? (
            Object.entries(kind.groups).map(([label, choices]) => (
              <optgroup key={label} label={charsetGroup(texts, label)}>
                <Choices choices={choices} />
              </optgroup>
            ))
          ) : (
            <Choices choices={kind.choices} />
          )}
        </select>
      )
    default:
      return (
        <input
          {...attributes}
          className="field"
          type={option.secret ? 'password' : 'text'}
          // A number stays a text while it is typed: the browser's number field hides input that it cannot parse.
          inputMode={kind.type === 'number' ? 'numeric' : undefined}
          placeholder={kind.type === 'number' && kind.default !== null ? String(kind.default) : undefined}
          autoComplete="off"
          spellCheck={false}
          value={String(value ?? '')}
          onBlur={onBlur}
          onChange={event => onValue(typed(kind.type, event.currentTarget.value))}
        />
      )
  }
}

function Choices({ choices }: { choices: readonly string[] }) {
  const texts = useTexts()
  return choices.map(choice => (
    <option key={choice} value={choice}>
      {choiceLabel(texts, choice)}
    </option>
  ))
}

function typed(type: 'number' | 'text', text: string): Value {
  if (text === '') return undefined
  return type === 'number' && /^[0-9]+$/.test(text) ? Number(text) : text
}

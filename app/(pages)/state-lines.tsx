import type { ReactNode } from 'react'
import { Bar } from './bar.tsx'
import { unbroken } from './live/format.ts'
import type { RowView } from './live/row-parts.ts'
import './job-parts.css'

interface Props {
  view: RowView
  /** What the bar is of, for screen readers. */
  label: string
  /** Between the two lines. */
  children?: ReactNode
}

/** How a file stands in two lines, of which the last is its bar or the quieter sentence of the same height. */
export function StateLines({ view: { tone, message, detail, bar }, label, children }: Props) {
  return (
    <>
      <p className={`say ${tone}`}>{unbroken(message)}</p>
      {children}
      {bar ? (
        <Bar bar={bar} label={label} text={message} />
      ) : (
        <p className="detail">{detail && unbroken(detail)}</p>
      )}
    </>
  )
}

import type { BarView as BarState } from './live/row-parts.ts'
import './bar.css'

/** A progress bar: without a percentage it is indeterminate, before the start it is an empty track. */
export function Bar({ bar, label, text }: { bar: BarState; label: string; text: string }) {
  if (bar.kind === 'waiting') return <div className="bar" aria-hidden="true" />
  const known = bar.percent === null ? {} : { 'aria-valuenow': Math.round(bar.percent) }
  return (
    <div
      className={`bar ${bar.kind}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      {...known}
    >
      {/* The width is an attribute, because the content security policy refuses inline styles. */}
      <svg aria-hidden="true" className={bar.percent === null ? 'unknown' : undefined}>
        <rect width={bar.percent === null ? '34%' : `${bar.percent}%`} height="100%" rx="3" />
      </svg>
    </div>
  )
}

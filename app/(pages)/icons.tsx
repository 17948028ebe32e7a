import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="glyph"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const CrossIcon = () => (
  <Icon>
    <path d="m7 7 10 10M17 7 7 17" />
  </Icon>
)

export const DownloadIcon = () => (
  <Icon>
    <path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />
  </Icon>
)

export const LinkIcon = () => (
  <Icon>
    <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1" />
  </Icon>
)

export const PauseIcon = () => (
  <Icon>
    <path d="M9 6v12M15 6v12" />
  </Icon>
)

export const PlayIcon = () => (
  <Icon>
    <path d="M8 5.5v13l10.5-6.5Z" />
  </Icon>
)

export const RetryIcon = () => (
  <Icon>
    <path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.8M4.5 4v4.8h4.8" />
  </Icon>
)

export const BellIcon = () => (
  <Icon>
    <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15ZM10 21h4" />
  </Icon>
)

export const BinIcon = () => (
  <Icon>
    <path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5" />
  </Icon>
)

export const LossIcon = () => (
  <Icon>
    <path d="M12 4.5 3 19.5h18ZM12 10.5v4M12 17v.01" />
  </Icon>
)

export const ChangedIcon = () => (
  <Icon>
    <path d="M5 9h14m-3.5-3.5L19 9l-3.5 3.5M19 16H5m3.5-3.5L5 16l3.5 3.5" />
  </Icon>
)

export const InfoIcon = () => (
  <Icon>
    <path d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 8v.01" />
  </Icon>
)

export const MergeIcon = () => (
  <Icon>
    <path d="M5 4.5v4c0 3 7 3.5 7 7V20M19 4.5v4c0 3-7 3.5-7 7m-3.5 1.5L12 20l3.5-3" />
  </Icon>
)

export const UpIcon = () => (
  <Icon>
    <path d="M12 19V6m-5 5 5-5 5 5" />
  </Icon>
)

export const DownIcon = () => (
  <Icon>
    <path d="M12 5v13m-5-5 5 5 5-5" />
  </Icon>
)

export const GripIcon = () => (
  <Icon>
    <path d="M9 7v.01M15 7v.01M9 12v.01M15 12v.01M9 17v.01M15 17v.01" />
  </Icon>
)

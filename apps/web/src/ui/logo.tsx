/** Four tiles of a mosaic, the last one being laid. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect x="2" y="2" width="13" height="13" rx="3" fill="#4763d8" />
      <rect x="17" y="2" width="13" height="13" rx="3" fill="#8fa1ee" />
      <rect x="2" y="17" width="13" height="13" rx="3" fill="#8fa1ee" />
      <rect x="18.6" y="18.6" width="12" height="12" rx="3" fill="#e0913a" transform="rotate(10 24.5 24.5)" />
    </svg>
  )
}

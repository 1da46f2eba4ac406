/** Fills that differ without colour, too. Each is opaque, because bars are drawn over one another. */

export type Hatch = 'none' | 'rise' | 'fall' | 'cross' | 'dots' | 'flat';

const made = new Map<string, CanvasPattern | string>();

export function hatched(target: CanvasRenderingContext2D, colour: string, ground: string, hatch: Hatch): CanvasPattern | string {
  if (hatch === 'none') return colour;
  const key = [colour, ground, hatch, devicePixelRatio].join();
  const known = made.get(key);
  if (known) return known;
  const size = Math.round(6 * devicePixelRatio);
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const ctx = tile.getContext('2d');
  const pattern = ctx && draw(ctx, size, colour, ground, hatch) && target.createPattern(tile, 'repeat');
  made.set(key, pattern || colour);
  return pattern || colour;
}

function draw(ctx: CanvasRenderingContext2D, size: number, colour: string, ground: string, hatch: Hatch): true {
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, size, size);
  ctx.strokeStyle = ctx.fillStyle = ground;
  ctx.globalAlpha = 0.55;
  ctx.lineWidth = size / 5;
  ctx.beginPath();
  if (hatch === 'rise' || hatch === 'cross') strokes(ctx, size, 1);
  if (hatch === 'fall' || hatch === 'cross') strokes(ctx, size, -1);
  if (hatch === 'flat') {
    ctx.moveTo(0, size / 2);
    ctx.lineTo(size, size / 2);
  }
  ctx.stroke();
  if (hatch === 'dots') ctx.fillRect(size / 3, size / 3, size / 3, size / 3);
  return true;
}

/** Three parallels, so that the tile's corners meet. */
function strokes(ctx: CanvasRenderingContext2D, size: number, way: 1 | -1): void {
  for (const shift of [-size, 0, size]) {
    ctx.moveTo(shift, way === 1 ? size : 0);
    ctx.lineTo(shift + size, way === 1 ? 0 : size);
  }
}

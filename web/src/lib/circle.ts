/** A circle on the globe as a ring of [longitude, latitude]. */
export function circle(lat: number, lon: number, km: number, corners = 64): [number, number][] {
  const rad = Math.PI / 180;
  const reach = km / 6371;
  const [sin, cos] = [Math.sin(lat * rad), Math.cos(lat * rad)];
  const ring: [number, number][] = [];
  for (let n = 0; n <= corners; n++) {
    const turn = (2 * Math.PI * n) / corners;
    const up = Math.asin(sin * Math.cos(reach) + cos * Math.sin(reach) * Math.cos(turn));
    const along = Math.atan2(Math.sin(turn) * Math.sin(reach) * cos, Math.cos(reach) - sin * Math.sin(up));
    ring.push([lon + along / rad, up / rad]);
  }
  return ring;
}

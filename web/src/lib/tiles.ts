// Tiles under the outlines, of the host that the server was told of. What reads files of PMTiles is loaded only for these.
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';

export interface Tiles {
  source: SourceSpecification;
  layers: (colour: (name: string) => string) => LayerSpecification[];
}

const raster: Tiles['layers'] = () => [{ id: 'tiles', type: 'raster', source: 'tiles' }];

// Of vector tiles the layers that Protomaps and others publish under these names.
const vector: Tiles['layers'] = (colour) => [
  { id: 'tiles-water', type: 'fill', source: 'tiles', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour('sea') } },
  { id: 'tiles-rivers', type: 'line', source: 'tiles', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': colour('sea'), 'line-width': 1.2 } },
  { id: 'tiles-roads', type: 'line', source: 'tiles', 'source-layer': 'roads', paint: { 'line-color': colour('inner'), 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.5, 13, 3] } },
];

let known = false;

/** How the map is to use a pattern of tiles, or a file of PMTiles. */
export async function tilesAt(url: string, addProtocol: typeof import('maplibre-gl').addProtocol): Promise<Tiles> {
  if (!url.endsWith('.pmtiles')) return { source: { type: 'raster', tiles: [url], tileSize: 256 }, layers: raster };
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const protocol = new Protocol();
  if (!known) addProtocol('pmtiles', protocol.tile);
  known = true;
  const file = new PMTiles(url);
  protocol.add(file);
  const header = await file.getHeader();
  const source = { url: `pmtiles://${url}` };
  if (header.tileType === TileType.Mvt) return { source: { type: 'vector', ...source }, layers: vector };
  return { source: { type: 'raster', ...source, tileSize: 256 }, layers: raster };
}

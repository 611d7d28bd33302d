import { image, type ShownImage } from '../image.ts';
import { isList, readMember } from '../inspect.ts';

/** Enough to see what kind of pictures they are. */
const most = 24;
const columns = 8;

/** The first pictures of a data set whose rows are pictures, with their classes; undefined for other data sets. */
export function firstPictures(data: object): ShownImage | undefined {
  const [x, y, shape, classes] = ['x', 'y', 'shape', 'classes'].map((name) => readMember(data, name));
  if (!isList(x) || x.length === 0 || !isList(shape) || shape.length !== 3 || !isList(classes))
    return undefined;
  const pixels = (shape as number[]).reduce((product, length) => product * length, 1);
  const rows = x.slice(0, most);
  if (!rows.every((row) => readMember(row, 'length') === pixels)) return undefined;
  const captions = rows.map((_, at) => classes[Number(readMember(y, at))]);
  return image(
    rows.map((row) => ({ data: row, shape })),
    { columns: Math.min(columns, rows.length), captions },
  );
}

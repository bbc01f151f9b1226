"""Exercise data -> pictures.  Public entry points: load(), Exercise.draw(), ExerciseFlowable."""
import copy
from math import cos, sin, acos, radians, pi
from .vec import *
from .skeleton import Skeleton
from .camera import Camera
from .body import build
from .draw import Painter, View, U
from .outline import project
from .style import Style
from . import props as P


def panel(x0, y0, x1, y1, r):
    k = r * .45
    return ('%.0f %.0f m %.0f %.0f l %.0f %.0f %.0f %.0f %.0f %.0f c %.0f %.0f l %.0f %.0f %.0f %.0f %.0f %.0f c '
            '%.0f %.0f l %.0f %.0f %.0f %.0f %.0f %.0f c %.0f %.0f l %.0f %.0f %.0f %.0f %.0f %.0f c h ') % (
        x0 + r, y0, x1 - r, y0, x1 - k, y0, x1, y0 + k, x1, y0 + r, x1, y1 - r, x1, y1 - k, x1 - k, y1, x1 - r, y1,
        x0 + r, y1, x0 + k, y1, x0, y1 - k, x0, y1 - r, x0, y0 + r, x0, y0 + k, x0 + k, y0, x0 + r, y0)

TARGETS = {'foot', 'ankle', 'ball'}

def deep_merge(a, b):
    out = copy.deepcopy(a)
    if b and len(TARGETS & set(b)) == 1:       # a new kind of foot target replaces the old kind
        for k in TARGETS - set(b): out.pop(k, None)
    for k, v in (b or {}).items():
        if isinstance(v, dict) and isinstance(out.get(k), dict) and 'at' not in v:      # a new target replaces the old one
            out[k] = deep_merge(out[k], v)
        else:
            out[k] = copy.deepcopy(v)
    return out

def lerp_any(a, b, t):
    if isinstance(a, bool) or isinstance(b, bool): return b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)): return a + (b - a) * t
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [lerp_any(x, y, t) for x, y in zip(a, b)]
    if isinstance(a, dict) and isinstance(b, dict):
        out = {}
        for k in set(a) | set(b):
            x, y = a.get(k), b.get(k)
            if isinstance(x or y, dict) and (x is None or y is None): x, y = x or {}, y or {}
            if x is None and isinstance(y, (int, float)) and not isinstance(y, bool): x = 0
            if y is None and isinstance(x, (int, float)) and not isinstance(x, bool): y = 0
            out[k] = lerp_any(x, y, t) if x is not None and y is not None else (y if y is not None else x)
        return out
    return b

SWAP = {'L': 'R', 'R': 'L', 'left': 'right', 'right': 'left'}
def mirror(d, key=None):
    """Reflect an exercise in the body's midline: every left becomes a right, picture flips."""
    if isinstance(d, dict):
        out = {}
        for k, v in d.items():
            nk = SWAP.get(k, k)
            if nk == k and isinstance(k, str):
                if k.endswith('_L') or k.endswith('_R'): nk = k[:-1] + SWAP[k[-1]]
                elif k.endswith('_left'): nk = k[:-4] + 'right'
                elif k.endswith('_right'): nk = k[:-5] + 'left'
            out[nk] = mirror(v, nk)
        return out
    if isinstance(d, list):
        if len(d) == 3 and all(isinstance(v, (int, float)) or v is None for v in d) and key != 'size':
            return [d[0], -d[1] if d[1] else d[1], d[2]]
        if len(d) == 2 and all(isinstance(v, (int, float)) for v in d):
            if key == 'view': return [-d[0], d[1]]
            if key in ('at', 'toes'): return [d[0], -d[1]]
            return d
        return [mirror(v, key) for v in d]
    if isinstance(d, str):
        if key in ('view', 'base'):
            return d.replace('left', '#').replace('right', 'left').replace('#', 'right')
        if d in SWAP: return SWAP[d]
        if d.endswith('_L') or d.endswith('_R'): return d[:-1] + SWAP[d[-1]]
        return d
    if isinstance(d, (int, float)) and not isinstance(d, bool) and key in ('turn', 'roll', 'world_turn', 'y'):
        return -d
    return d


class Exercise:
    def __init__(self, key, data, side=None):
        if side and data.get('side') and side != data['side']:
            data = mirror(data)
        self.key, self.data, self._parts = key, data, {}
        frames = data['frames']
        base = {k: v for k, v in data.items() if k in ('base', 'root', 'anchor', 'spine', 'neck', 'legs', 'arms', 'props', 'grip', 'depth', 'fade', 'crop', 'only', 'hide', 'bare', 'detail')}
        self.frames, prev = [], base
        for fr in frames:
            prev = deep_merge(prev, {k: v for k, v in fr.items() if k not in ('arrows', 'hold', 'ghost', 'feel', 'work')})
            for limb in ('legs', 'arms'):       # 'both' is shorthand; later frames may override one side
                if limb in prev:
                    g = prev[limb]
                    new = fr.get(limb, {}).get('both', {})
                    prev[limb] = {s: deep_merge(deep_merge(g.get('both', {}), g.get(s, {})),
                                                deep_merge(new, fr.get(limb, {}).get(s, {}))) for s in 'LR'}
            prev['arrows'] = fr.get('arrows', [])
            prev['ghost'] = fr.get('ghost', False)
            prev['hold'] = fr.get('hold', False)
            prev['feel'], prev['work'] = fr.get('feel', []), fr.get('work', [])
            self.frames.append(prev)
        self.sk = [Skeleton(f) for f in self.frames]
        self.cams = [Camera(f.get('view', data.get('view', 'side_right'))) for f in self.frames]

    def between(self, t, i=0, j=1):
        return Skeleton(lerp_any(self.frames[i], self.frames[j], t))

    def arrow_pts(self, i, a):
        """3-D polyline of an arrow; bow: [x, y, z] bends a straight or traced one."""
        pts = self._arrow_pts(i, a)
        if 'bow' in a:
            if len(pts) < 9: pts = [lerp(pts[0], pts[-1], k / 10) for k in range(11)]
            n = len(pts) - 1
            pts = [add(p, mul(tuple(a['bow']), 4 * k / n * (1 - k / n))) for k, p in enumerate(pts)]
        return pts

    def _arrow_pts(self, i, a):
        sk = self.sk[i]
        if 'trace' in a:
            t0, t1 = a.get('span', [.08, .95])
            off = tuple(a.get('shift', (0, 0, 0)))
            out = []
            if a.get('polar'):              # swing round the root joint instead of a straight line
                f0, f1 = a.get('frames', (0, 1))
                n = a['trace']
                root = ('shoulder' if n.split('_')[0] in ('hand', 'wrist', 'elbow', 'grip', 'knuckle', 'fingertip') else 'hip') + n[-2:]
                A, B = (sub(self.sk[q].p[n], self.sk[q].p[root]) for q in (f0, f1))
                la, lb = norm(A), norm(B)
                ua, ub = unit(A), unit(B)
                w = acos(max(-1.0, min(1.0, dot(ua, ub)))) or 1e-6
                for k in range(11):
                    t = t0 + (t1 - t0) * k / 10
                    d = add(mul(ua, sin((1 - t) * w) / sin(w)), mul(ub, sin(t * w) / sin(w)))
                    out.append(add(add(lerp(self.sk[f0].p[root], self.sk[f1].p[root], t), mul(d, la + (lb - la) * t)), off))
                return out
            for k in range(9):
                s = self.between(t0 + (t1 - t0) * k / 8, *a.get('frames', (0, 1)))
                out.append(add(s.p[a['trace']], off))
            return out
        if 'straight' in a:
            q0, q1 = (sk.point(t) for t in a['straight'])
            return [lerp(q0, q1, k / 4) for k in range(5)]
        if 'arc' in a:
            c = sk.point(a['arc'])
            r = a.get('radius', .2)
            r2 = a.get('radius2', r)
            e1, e2 = tuple(a['u']), tuple(a['v'])
            d0, d1 = a['deg']
            return [add(c, add(mul(e1, r * cos(radians(d0 + (d1 - d0) * k / 16))),
                               mul(e2, r2 * sin(radians(d0 + (d1 - d0) * k / 16))))) for k in range(17)]
        raise ValueError('unknown arrow %r' % (a,))

    def bounds(self, i, style=None):
        cam = Camera.__new__(Camera)
        v = View(self.cams[i])
        xs, ys = [], []
        box = self.box(i, v)
        if box: return box
        for p in self.parts(i, style):
            for lay in p.layers:
                for b in lay.flat():
                    x, y, a, _, c = project(v, b)
                    xs += [x - a ** .5, x + a ** .5]; ys += [y - c ** .5, y + c ** .5]
        for a in self.frames[i]['arrows']:
            for q in self.arrow_pts(i, a):
                x, y = v.xy(q); xs += [x - .02, x + .02]; ys += [y - .02, y + .02]
        for s in self.frames[i].get('props', []):
            lay, prims = P.make(self.sk[i], s)
            for q in prims:
                if q[0] == 'disc':
                    x, y, a, _, c = project(v, (q[1], (q[2], 0, 0), (0, q[3], 0), (0, 0, .004)))
                    xs += [x - a ** .5, x + a ** .5]; ys += [y - c ** .5, y + c ** .5]
                for p in P.points(q):
                    x, y = v.xy(p); xs.append(x); ys.append(y)
        y0 = min(ys)
        crop = self.frames[i].get('crop')
        if crop is not None:
            y0 = crop * v.u[2]
            xs = [x for x, y in zip(xs, ys) if y > y0]
        return min(xs), y0, max(xs), max(ys)

    def parts(self, i, style=None, detail=False):
        """The body of a frame, built once (measuring and drawing share it)."""
        key = (i, style.build if style else 'a', style.hairstyle if style else None, detail)
        if key not in self._parts:
            self._parts[key] = build(self.sk[i], dict(self.frames[i], build=key[1], hairstyle=key[2], detail=detail))
        return self._parts[key]

    def box(self, i, v):
        """Close-up: crop: {at: landmark, box: [width, height]} in metres on paper."""
        c = self.frames[i].get('crop')
        if not isinstance(c, dict): return None
        x, y = v.xy(self.sk[i].point(c))
        w, h = c['box']
        return x - w / 2 * v.s, y - h / 2 * v.s, x + w / 2 * v.s, y + h / 2 * v.s

    def size(self, style=None):
        bs = [self.bounds(i, style) for i in range(len(self.frames))]
        return bs

    def operators(self, i, s, ox, oy, style, line, overlay=False):
        ox, oy = ox * U, oy * U
        v = View(self.cams[i], s * U, ox, oy)
        pt = Painter(v, style, line * U)
        ghost = None
        if i and (overlay or self.frames[i].get('ghost')):
            ghost = build(self.sk[0], dict(self.frames[0], build=style.build, hairstyle=style.hairstyle, detail=self.frames[0].get('detail', .019 * v.s > 3.6 * line * U)))
        box, crop = self.box(i, v), self.frames[i].get('crop')
        if box:                                  # close-up in a rounded panel
            path = panel(*box, r=5 * U)
            pt.pen.fill(path, style.panel)
            pt.pen.clip(path)
        elif crop is not None:
            pt.pen.out.append('-40000 %.0f 80000 80000 re W n\n' % (crop * v.u[2] + oy))
        pt.scene(self.sk[i], self.frames[i], ghost, lambda st, detail: self.parts(i, st, detail))
        for a in self.frames[i]['arrows']:
            pt.arrow([v.xy(q) for q in self.arrow_pts(i, a)], max(1.5, line * 2.7) * U * a.get('weight', 1), both=a.get('both', False), inside=a.get('inside', False))
        for m in self.frames[i]['feel']:
            pt.feel(self.sk[i].point(m), m.get('radius', .07))
        for m in self.frames[i]['work']:
            pt.work(self.sk[i].point(m), m.get('radius', .06))
        if box:
            pt.pen.unclip()
            pt.pen.stroke(path, style.panel_line, .7 * U)
        return pt.pen.text()

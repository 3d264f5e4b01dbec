// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaOperations.Grammar;

/** Reads operation strings. Stateless. */
final class OperationParser {
    /** Most operations in one pipe. */
    static final int MAX_OPERATIONS = 30;

    private static final int MAX_LENGTH = 4096;
    private static final int MAX_SIDE = 9999;
    private static final int MAX_PERCENT = 999;
    private static final int MAX_AREA = 24_999_999;
    private static final int MAX_QUALITY = 100;
    private static final int CIRCLE = 360;
    private static final Pattern BOX = Pattern.compile("(\\d*)x(\\d*)([!<>]?)");
    private static final Pattern PERCENT = Pattern.compile("!(x?)(\\d+)p(x?)");
    private static final Pattern AROUND = Pattern.compile("!(\\d*)x(\\d*)r");
    private static final Pattern AREA = Pattern.compile("(\\d+)@");
    private static final Pattern CROP = Pattern.compile("!?(\\d*)x(\\d*)(?:([a-])(\\d+)([a-])(\\d+))?");
    private static final Map<String, Gravity> GRAVITIES = Map.of(
            "northwest", Gravity.NORTH_WEST,
            "north", Gravity.NORTH,
            "northeast", Gravity.NORTH_EAST,
            "west", Gravity.WEST,
            "center", Gravity.CENTER,
            "east", Gravity.EAST,
            "southwest", Gravity.SOUTH_WEST,
            "south", Gravity.SOUTH,
            "southeast", Gravity.SOUTH_EAST);
    private static final Map<String, String> FORMATS =
            Map.of("jpg", "jpeg", "jpeg", "jpeg", "png", "png", "webp", "webp", "gif", "gif");

    static final List<Grammar> GRAMMAR = List.of(
            new Grammar(
                    "imageView2/<mode>/w/<W>/h/<H>/format/<f>/q/<n>/interlace/<0|1>",
                    "A thumbnail, never larger than the source. Mode 0: inside long and short edge; 1: cut to fill"
                            + " width and height; 2: inside width and height; 3: around width and height; 4: around"
                            + " long and short edge; 5: cut to fill long and short edge. Sides 1 to 9999, quality 1 to"
                            + " 100 (75). Formats jpg, png, webp, gif."),
            new Grammar(
                    "imageMogr2/auto-orient/thumbnail/<size>/gravity/<g>/crop/<size>/rotate/<degrees>/format/<f>"
                            + "/quality/<n>/interlace/<0|1>/strip",
                    "Scales, cuts, turns and saves, in this order. thumbnail: !50p, !50px, !x50p, 300x, x300,"
                            + " 300x200, !300x200r, 300x200!, 300x200>, 300x200<, 60000@. crop: 300x, x300, 300x200,"
                            + " !300x200a10a20, with gravity NorthWest to SouthEast. rotate 0 to 360."),
            new Grammar("imageInfo", "Format, size, colour model and orientation as JSON."));

    private OperationParser() {}

    /** {@return whether this is the name of an operation} */
    static boolean isName(String name) {
        return name.equals("imageView2") || name.equals("imageMogr2") || name.equals("imageInfo");
    }

    /** {@return the operations of a pipe, in order, at least one} */
    static List<Operation> parse(String pipe) throws MediaException {
        if (pipe.length() > MAX_LENGTH) {
            throw Arguments.invalid(
                    "The operation string has %d characters.".formatted(pipe.length()),
                    "Use at most %d.".formatted(MAX_LENGTH));
        }
        String[] texts = pipe.split("\\|", -1);
        if (texts.length > MAX_OPERATIONS) {
            throw Arguments.invalid(
                    "The pipe has %d operations.".formatted(texts.length), "Use at most %d.".formatted(MAX_OPERATIONS));
        }
        List<Operation> operations = new ArrayList<>();
        for (String text : texts) {
            if (!operations.isEmpty()
                    && operations.get(operations.size() - 1).transform().isEmpty()) {
                throw Arguments.invalid("imageInfo is not the last operation.", "Put it at the end of the pipe.");
            }
            operations.add(operation(new Arguments(text)));
        }
        return operations;
    }

    private static Operation operation(Arguments arguments) throws MediaException {
        return switch (arguments.operation()) {
            case "imageInfo" -> info(arguments);
            case "imageView2" -> view(arguments);
            case "imageMogr2" -> mogrify(arguments);
            case "" -> throw Arguments.invalid("An operation of the pipe is empty.", "Remove the surplus |.");
            default ->
                throw new MediaException(
                        MediaError.UNSUPPORTED_OPERATION,
                        "The operation %s is not known.".formatted(Arguments.shown(arguments.operation())),
                        "Use imageView2, imageMogr2 or imageInfo.",
                        null);
        };
    }

    private static Operation info(Arguments arguments) throws MediaException {
        if (arguments.more()) {
            throw arguments.unknown(arguments.name());
        }
        return new Operation.ImageInfo();
    }

    private static Operation view(Arguments arguments) throws MediaException {
        int mode = arguments.number("mode", 0, 5);
        int width = 0;
        int height = 0;
        int quality = 0;
        boolean interlace = false;
        Optional<String> format = Optional.empty();
        while (arguments.more()) {
            String parameter = arguments.name();
            switch (parameter) {
                case "w" -> width = arguments.number("w", 1, MAX_SIDE);
                case "h" -> height = arguments.number("h", 1, MAX_SIDE);
                case "q" -> quality = quality(arguments);
                case "format" -> format = format(arguments);
                case "interlace" -> interlace = arguments.flag("interlace");
                default -> throw arguments.unknown(parameter);
            }
        }
        return new Operation.ImageView2(mode, width, height, format, quality, interlace);
    }

    private static Operation mogrify(Arguments arguments) throws MediaException {
        Optional<Scale> scale = Optional.empty();
        Optional<String> crop = Optional.empty();
        Gravity gravity = Gravity.NORTH_WEST;
        int degrees = 0;
        int quality = 0;
        boolean interlace = false;
        Optional<String> format = Optional.empty();
        while (arguments.more()) {
            String parameter = arguments.name();
            switch (parameter) {
                case "auto-orient", "strip" -> {
                    // Always so: results are upright and carry no metadata.
                }
                case "thumbnail" -> scale = Optional.of(scale(arguments));
                case "gravity" -> gravity = gravity(arguments);
                case "crop" -> crop = Optional.of(arguments.value("crop"));
                case "rotate" -> degrees = arguments.number("rotate", 0, CIRCLE) % CIRCLE;
                case "quality" -> quality = quality(arguments);
                case "format" -> format = format(arguments);
                case "interlace" -> interlace = arguments.flag("interlace");
                default -> throw arguments.unknown(parameter);
            }
        }
        Optional<Crop> cut = crop.isPresent() ? Optional.of(crop(arguments, crop.get(), gravity)) : Optional.empty();
        return new Operation.ImageMogr2(scale, cut, degrees, format, quality, interlace);
    }

    private static int quality(Arguments arguments) throws MediaException {
        String value = arguments.value("quality");
        // A trailing ! forces a quality above that of the source elsewhere; here the value always holds.
        return arguments.number(
                "quality", value.endsWith("!") ? value.substring(0, value.length() - 1) : value, 1, MAX_QUALITY);
    }

    private static Optional<String> format(Arguments arguments) throws MediaException {
        String value = arguments.value("format");
        if (value.equals("src")) {
            return Optional.empty();
        }
        String format = FORMATS.get(value);
        if (format == null) {
            throw new MediaException(
                    MediaError.UNSUPPORTED_OPERATION,
                    "The format %s cannot be written.".formatted(Arguments.shown(value)),
                    "Use jpg, png, webp or gif.",
                    null);
        }
        return Optional.of(format);
    }

    private static Gravity gravity(Arguments arguments) throws MediaException {
        String value = arguments.value("gravity");
        Gravity gravity = GRAVITIES.get(value.toLowerCase(Locale.ROOT));
        if (gravity == null) {
            throw Arguments.invalid(
                    "gravity of imageMogr2 is %s.".formatted(Arguments.shown(value)),
                    "Use NorthWest, North, NorthEast, West, Center, East, SouthWest, South or SouthEast.");
        }
        return gravity;
    }

    private static Scale scale(Arguments arguments) throws MediaException {
        String value = arguments.value("thumbnail");
        Matcher percent = PERCENT.matcher(value);
        if (percent.matches() && (percent.group(1).isEmpty() || percent.group(3).isEmpty())) {
            int share = arguments.number("thumbnail percent", percent.group(2), 1, MAX_PERCENT);
            boolean heightOnly = !percent.group(1).isEmpty();
            boolean widthOnly = !percent.group(3).isEmpty();
            return new Scale(Fit.PERCENT, heightOnly ? 0 : share, widthOnly ? 0 : share, Bound.NONE);
        }
        Matcher area = AREA.matcher(value);
        if (area.matches()) {
            return new Scale(
                    Fit.AREA, arguments.number("thumbnail area", area.group(1), 1, MAX_AREA), 0, Bound.SHRINK_ONLY);
        }
        Matcher around = AROUND.matcher(value);
        if (around.matches()) {
            return sized(arguments, Fit.OUTSIDE, around, Bound.NONE);
        }
        Matcher box = BOX.matcher(value);
        if (!box.matches()) {
            throw Arguments.invalid(
                    "thumbnail of imageMogr2 is %s.".formatted(Arguments.shown(value)),
                    "Use a size such as 300x200, 300x, x200, !50p, !300x200r or 60000@.");
        }
        return switch (box.group(3)) {
            case "!" -> sized(arguments, Fit.STRETCH, box, Bound.NONE);
            case ">" -> sized(arguments, Fit.INSIDE, box, Bound.SHRINK_ONLY);
            case "<" -> sized(arguments, Fit.INSIDE, box, Bound.ENLARGE_ONLY);
            default -> sized(arguments, Fit.INSIDE, box, Bound.NONE);
        };
    }

    private static Scale sized(Arguments arguments, Fit fit, Matcher box, Bound bound) throws MediaException {
        return new Scale(fit, side(arguments, "thumbnail", box, 1), side(arguments, "thumbnail", box, 2), bound);
    }

    /** {@return one side of a size of which one side may be missing} */
    private static int side(Arguments arguments, String parameter, Matcher box, int group) throws MediaException {
        String text = box.group(group);
        if (text.isEmpty() && !box.group(group == 1 ? 2 : 1).isEmpty()) {
            return 0;
        }
        return arguments.number(parameter + (group == 1 ? " width" : " height"), text, 1, MAX_SIDE);
    }

    private static Crop crop(Arguments arguments, String value, Gravity gravity) throws MediaException {
        Matcher box = CROP.matcher(value);
        if (!box.matches() || (box.group(3) != null && !value.startsWith("!"))) {
            throw Arguments.invalid(
                    "crop of imageMogr2 is %s.".formatted(Arguments.shown(value)),
                    "Use a size such as 300x200, 300x, x200 or !300x200a10a20.");
        }
        return new Crop(
                gravity,
                side(arguments, "crop", box, 1),
                side(arguments, "crop", box, 2),
                offset(arguments, box, 3),
                offset(arguments, box, 5));
    }

    private static int offset(Arguments arguments, Matcher box, int sign) throws MediaException {
        if (box.group(sign) == null) {
            return 0;
        }
        int distance = arguments.number("crop offset", box.group(sign + 1), 0, MAX_SIDE);
        return box.group(sign).equals("-") ? -distance : distance;
    }
}

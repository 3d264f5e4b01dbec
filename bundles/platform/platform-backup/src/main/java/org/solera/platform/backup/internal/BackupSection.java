// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.SettingsSection;

/** Settings {@code backup}. Stateless. */
@Component(service = SettingsSection.class)
public final class BackupSection implements SettingsSection {
    private final Path data;

    @Activate
    public BackupSection(@Reference Appliance appliance) {
        this.data = appliance.dataDirectory();
    }

    @Override
    public String id() {
        return "backup";
    }

    @Override
    public boolean ofOwners() {
        return true;
    }

    @Override
    public String title() {
        return "Backup";
    }

    @Override
    public String titleZh() {
        return "备份";
    }

    @Override
    public String pid() {
        return BackupPlan.PID;
    }

    @Override
    public List<SettingField> fields() {
        return List.of(
                new SettingField(
                        "scheduled",
                        Type.BOOLEAN,
                        "Back up every day",
                        "每天备份",
                        "Makes an encrypted backup of people, settings, keys and audit every day. Objects are not in it.",
                        "每天对用户、设置、密钥和审计进行加密备份，不包含对象数据。",
                        "false",
                        0,
                        0,
                        List.of()),
                new SettingField(
                        "hourOfDay",
                        Type.NUMBER,
                        "Hour",
                        "时刻",
                        "Hour of the day, in the time zone of the settings of time.",
                        "每天的几点，按时间设置中的时区。",
                        "2",
                        0,
                        23,
                        List.of()),
                new SettingField(
                        "keepCount",
                        Type.NUMBER,
                        "Automatic backups kept",
                        "保留的自动备份数",
                        "Older automatic backups are deleted; those made by hand stay.",
                        "更早的自动备份会被删除，手动备份会保留。",
                        "7",
                        1,
                        365,
                        List.of()),
                new SettingField(
                        "folder",
                        Type.TEXT,
                        "Folder",
                        "文件夹",
                        "Folder of a mounted disk, such as /mnt/backup; empty for the data folder of the appliance.",
                        "已挂载磁盘上的文件夹，例如 /mnt/backup；留空则使用设备的数据文件夹。",
                        "",
                        0,
                        1_024,
                        List.of()),
                new SettingField(
                        "passphrase",
                        Type.SECRET,
                        "Passphrase",
                        "口令",
                        "Opens the backups on this or another box. Keep a copy elsewhere: without it they are worthless.",
                        "用于在本机或其他设备上打开备份。请另行保存一份：没有它备份将无法使用。",
                        "",
                        ArchiveKeys.SHORTEST,
                        ArchiveKeys.LONGEST,
                        List.of()));
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        if (Boolean.TRUE.equals(values.get("scheduled")) && "".equals(values.get("passphrase"))) {
            throw refused("Passphrase (passphrase) is needed for backups every day.", "Set one.", null);
        }
        folder(String.valueOf(values.get("folder")));
    }

    private void folder(String text) throws SoleraException {
        if (text.isEmpty()) {
            return;
        }
        Path folder;
        try {
            folder = Path.of(text);
        } catch (InvalidPathException none) {
            throw refused("Folder (folder) is no path.", "Give a folder such as /mnt/backup.", none);
        }
        if (!folder.isAbsolute() || !folder.normalize().equals(folder)) {
            throw refused("Folder (folder) must begin with a slash and hold no '..'.", "Give the whole path.", null);
        }
        if (folder.startsWith(data) && !folder.startsWith(data.resolve("backups"))) {
            throw refused("Folder (folder) is one of the appliance's own.", "Choose another one.", null);
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw refused(
                    "Folder (folder) %s is not there, or cannot be written.".formatted(folder),
                    "Mount the disk, or create the folder and give it to the user of the appliance.",
                    null);
        }
    }

    private static SoleraException refused(String message, String nextAction, @Nullable Throwable cause) {
        return new SoleraException(PlatformError.INVALID_REQUEST, message, nextAction, cause);
    }
}
